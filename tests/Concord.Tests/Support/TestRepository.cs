using System.Diagnostics;
using System.Globalization;

namespace Concord.Tests.Support;

/// <summary>A real git repository in a temporary folder, with no configuration but its own and fixed dates.</summary>
internal sealed class TestRepository : TempFolder
{
    private int _commits;

    public TestRepository() => Git("init", "-q", "-b", "main");

    /// <summary>Runs git and throws where it fails.</summary>
    public string Git(params string[] arguments) => GitAs("Tester", "tester@concord.example", arguments);

    public string GitAs(string name, string email, params string[] arguments)
    {
        var start = new ProcessStartInfo("git")
        {
            WorkingDirectory = Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        var date = new DateTime(2026, 11, 1, 12, 0, 0, DateTimeKind.Utc)
            .AddMinutes(_commits)
            .ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        foreach (
            var (key, value) in new[]
            {
                ("GIT_CONFIG_GLOBAL", "/dev/null"),
                ("GIT_CONFIG_SYSTEM", "/dev/null"),
                ("GIT_AUTHOR_NAME", name),
                ("GIT_AUTHOR_EMAIL", email),
                ("GIT_COMMITTER_NAME", name),
                ("GIT_COMMITTER_EMAIL", email),
                ("GIT_AUTHOR_DATE", date),
                ("GIT_COMMITTER_DATE", date),
            }
        )
            start.Environment[key] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output.Trim()
            : throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {error.Result}");
    }

    /// <summary>Commits everything as it lies.</summary>
    /// <returns>The commit's id.</returns>
    public string Commit(string message = "change", string name = "Tester", string email = "tester@concord.example")
    {
        _commits++;
        Git("add", "-A");
        GitAs(name, email, "commit", "-q", "--allow-empty", "-m", message);
        return Git("rev-parse", "HEAD");
    }
}
