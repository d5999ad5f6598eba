using System.Text.RegularExpressions;

namespace Concord.Pipeline.GitHub;

/// <summary>A repository's name on GitHub, as <c>owner/name</c>. Case makes no difference.</summary>
internal readonly partial record struct RepositoryName(string Owner, string Name)
{
    /// <summary>Reads <c>owner/name</c>.</summary>
    public static bool TryParse(string? text, out RepositoryName name)
    {
        var match = Form().Match(text ?? "");
        name = match.Success ? new(match.Groups[1].Value, match.Groups[2].Value) : default;
        return match.Success;
    }

    public bool Equals(RepositoryName other) =>
        string.Equals(Owner, other.Owner, StringComparison.OrdinalIgnoreCase)
        && string.Equals(Name, other.Name, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(ToString());

    public override string ToString() => $"{Owner}/{Name}";

    // No dots alone: they would be steps in a path.
    [GeneratedRegex(@"^(?!\.{1,2}/)([A-Za-z0-9._-]+)/(?!\.{1,2}$)([A-Za-z0-9._-]+)\z")]
    private static partial Regex Form();
}
