using Concord.Core.Domain;

namespace Concord.Pipeline.Git;

/// <summary>
/// The settings of a clone by which git calls Concord to merge and to show grade files. <c>.gitattributes</c> names the
/// drivers; git lets no repository bring their commands along, so each clone sets them.
/// </summary>
public static class DriverSettings
{
    /// <summary>What a clone needs.</summary>
    /// <param name="command">How this program is called, as a shell reads it.</param>
    public static IReadOnlyList<(string Name, string Value)> Of(string command) =>
        [
            ("merge.concord-grades.name", "Grades of one grader from two machines, row by row"),
            ("merge.concord-grades.driver", $"{command} merge-grades %O %A %B %P"),
            ("diff.concord.textconv", $"{command} textconv"),
        ];

    /// <summary>The settings that the clone lacks. Which program they call is the user's affair.</summary>
    public static async Task<IReadOnlyList<string>> MissingAsync(string root, CancellationToken cancellation)
    {
        var missing = new List<string>();
        foreach (var (name, _) in Of(""))
            if ((await new GitCommand(root).TryRunAsync(["config", "--get", name], cancellation)).ExitCode != 0)
                missing.Add(name);
        return missing;
    }

    /// <summary>Sets them in the clone's own settings.</summary>
    /// <exception cref="ConcordException">Git refused.</exception>
    public static async Task SetAsync(string root, string command, CancellationToken cancellation)
    {
        foreach (var (name, value) in Of(command))
            await new GitCommand(root).RunAsync(["config", "--local", name, value], cancellation);
    }
}
