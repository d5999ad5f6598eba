using Concord.Core.Domain;

namespace Concord.Pipeline.Git;

/// <summary>
/// The settings of a clone by which git calls Concord to merge and to show grade files. <c>.gitattributes</c> names the
/// drivers; git lets no repository bring their commands along, so each clone sets them.
/// </summary>
public static class DriverSettings
{
    private const string Merge = "merge.concord-grades.driver";
    private const string Textconv = "diff.concord.textconv";

    private const string Header = "challenge,model,output,c,status,notes,graded_at,seconds\n";
    private const string One = "a,b/c,0123456789ab,1,graded,,2026-01-01T00:00:00Z,1\n";
    private const string Two = "a,b/d,0123456789ab,1,graded,,2026-01-01T00:00:00Z,1\n";

    /// <summary>What a clone needs.</summary>
    /// <param name="program">
    /// How this program is called: itself, or the runtime and the program. Where it is gone, the one on the PATH is called; where a merge
    /// fails, git's own by lines leaves both sides in the file, for git alone would leave one of them; and a file that cannot
    /// be told in sentences is shown as it is.
    /// </param>
    public static IReadOnlyList<(string Name, string Value)> Of(IReadOnlyList<string> program)
    {
        ArgumentNullException.ThrowIfNull(program);
        string[] quoted = [.. program.Select(p => $"'{p.Replace("'", @"'\''", StringComparison.Ordinal)}'")];
        var call = string.Join(' ', quoted);
        var isThere = string.Join(
            " && ",
            quoted.Skip(1).Select(p => $"test -f {p}").Prepend($"command -v {quoted[0]} >/dev/null 2>&1")
        );
        // Git reads percent signs in a merge driver.
        var (mergeCall, mergeIsThere) = (Percents(call), Percents(isThere));
        return
        [
            ("merge.concord-grades.name", "Grades of one grader from two machines, row by row"),
            (
                Merge,
                $"c() {{ if {mergeIsThere}; then {mergeCall} \"$@\"; else concord \"$@\"; fi; }}; c merge-grades %O %A %B %P || {{ git merge-file -L ours -L base -L theirs %A %O %B; exit 1; }}"
            ),
            (
                Textconv,
                $"c() {{ if {isThere}; then {call} textconv \"$1\"; elif command -v concord >/dev/null 2>&1; then concord textconv \"$1\"; else false; fi || cat \"$1\"; }}; c"
            ),
        ];
    }

    /// <summary>What keeps git from calling Concord in a clone.</summary>
    /// <param name="root">The clone.</param>
    /// <param name="program">How this program is called.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Null where nothing does. Another program that answers is the user's affair.</returns>
    public static async Task<string?> WrongAsync(string root, IReadOnlyList<string> program, CancellationToken cancellation)
    {
        var git = new GitCommand(root);
        var set = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, _) in Of(program))
            if ((await git.TryRunAsync(["config", "--get", name], cancellation)) is { ExitCode: 0 } found)
                set[name] = found.Text.TrimEnd('\n');
            else
                return "not set in this clone";
        return
            Of(program).All(s => set[s.Name] == s.Value)
            || (await MergesAsync(git, set[Merge], cancellation) && await TellsAsync(git, set[Textconv], cancellation))
            ? null
            : "set, but the program that they name is gone or does not answer";
    }

    /// <summary>Sets them in the clone's own settings.</summary>
    /// <exception cref="ConcordException">Git refused.</exception>
    public static async Task SetAsync(string root, IReadOnlyList<string> program, CancellationToken cancellation)
    {
        foreach (var (name, value) in Of(program))
            await new GitCommand(root).RunAsync(["config", "--local", name, value], cancellation);
    }

    private static async Task<bool> MergesAsync(GitCommand git, string driver, CancellationToken cancellation)
    {
        using var folder = new TrialFolder();
        var (ancestor, ours, theirs) = (
            folder.Write("base", Header),
            folder.Write("ours", Header + One),
            folder.Write("theirs", Header + Two)
        );
        var command = driver
            .Replace("%O", Quoted(ancestor), StringComparison.Ordinal)
            .Replace("%A", Quoted(ours), StringComparison.Ordinal)
            .Replace("%B", Quoted(theirs), StringComparison.Ordinal)
            .Replace("%P", "trial", StringComparison.Ordinal)
            .Replace("%%", "%", StringComparison.Ordinal);
        return (await RunAsync(git, command, [], cancellation)).ExitCode == 0
            && await File.ReadAllTextAsync(ours, cancellation) == Header + One + Two;
    }

    private static async Task<bool> TellsAsync(GitCommand git, string command, CancellationToken cancellation)
    {
        using var folder = new TrialFolder();
        var run = await RunAsync(git, command, [folder.Write("file", Header + One)], cancellation);
        return run.ExitCode == 0 && run.Text.Length > 0 && !run.Text.Contains(Header, StringComparison.Ordinal);
    }

    // By the shell that git calls drivers with.
    private static Task<GitResult> RunAsync(GitCommand git, string command, string[] arguments, CancellationToken cancellation) =>
        git.TryRunAsync(["-c", $"alias.concord-trial=!{command}", "concord-trial", .. arguments], cancellation);

    private static string Percents(string text) => text.Replace("%", "%%", StringComparison.Ordinal);

    private static string Quoted(string path) => $"'{path.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    /// <summary>A folder for a moment.</summary>
    private sealed class TrialFolder : IDisposable
    {
        private readonly string _path = Directory.CreateTempSubdirectory("concord-").FullName;

        public string Write(string name, string text)
        {
            var file = Path.Combine(_path, name);
            File.WriteAllText(file, text);
            return file;
        }

        public void Dispose() => Directory.Delete(_path, recursive: true);
    }
}
