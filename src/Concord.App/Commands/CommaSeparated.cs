namespace Concord.App.Commands;

/// <summary>Options that take several names at once.</summary>
internal static class CommaSeparated
{
    public static string[] Split(string names) =>
        names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
