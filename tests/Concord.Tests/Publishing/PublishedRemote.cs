using Concord.Tests.Grading;
using Concord.Tests.Support;

namespace Concord.Tests.Publishing;

/// <summary>A bare remote with a workspace, perhaps in a subfolder, and clones of it.</summary>
internal sealed class PublishedRemote : IDisposable
{
    private readonly List<TestRepository> _clones = [];
    private readonly TempFolder _folder = new();
    private readonly string _prefix;

    public PublishedRemote(string prefix = "")
    {
        _prefix = prefix;
        new GitIn(Path).Run("init", "-q", "--bare", "-b", "main");
        using var start = TestWorkspace.Create(commit: false);
        var first = new TestRepository();
        _clones.Add(first);
        foreach (var file in Directory.EnumerateFiles(start.Path, "*", SearchOption.AllDirectories))
            if (
                System.IO.Path.GetRelativePath(start.Path, file) is var name
                && !name.StartsWith(".git/", StringComparison.Ordinal)
            )
                first.Write(prefix + name, File.ReadAllText(file));
        first.Write("beside.txt", "not the workspace's\n");
        first.Commit("start");
        first.Git("remote", "add", "origin", Path);
        first.Git("push", "-q", "origin", "main");
        Maintainer = first;
    }

    public string Path => _folder.Path;

    /// <summary>Somebody who merges grades.</summary>
    public TestRepository Maintainer { get; }

    public string Git(params string[] arguments) => new GitIn(Path).Run(arguments).TrimEnd('\n');

    public string[] Lines(params string[] arguments) => Git(arguments).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public TestRepository Clone()
    {
        var clone = new TestRepository();
        _clones.Add(clone);
        // Outside of workflows whoever git is configured for publishes.
        clone.Git("config", "user.name", "Maintainer");
        clone.Git("config", "user.email", "maintainer@concord.example");
        clone.Git("remote", "add", "origin", Path);
        clone.Git("fetch", "-q", "origin");
        clone.Git("checkout", "-q", "-B", "main", "origin/main");
        return clone;
    }

    /// <summary>Commits a grade file in the maintainer's clone.</summary>
    public string Grade(string file, params string[] rows)
    {
        Maintainer.Write($"{_prefix}grades/{file}", TestWorkspace.Header + string.Concat(rows));
        return Maintainer.Commit($"grade: {file}");
    }

    /// <summary>Puts a grade file on the branch, whoever else pushes there.</summary>
    public void Merge(string file, params string[] rows)
    {
        Grade(file, rows);
        for (var left = 50; ; left--)
        {
            Maintainer.Git("pull", "-q", "--rebase", "origin", "main");
            try
            {
                Maintainer.Git("push", "-q", "origin", "main");
                return;
            }
            catch (InvalidOperationException) when (left > 0)
            {
                // Somebody was quicker.
            }
        }
    }

    public Task<CommandResult> PublishAsync(TestRepository clone, params string[] options) =>
        CommandLine.RunAsync(
            System.IO.Path.Combine(clone.Path, _prefix),
            ["ci", "publish", .. options.Contains("--dry-run") ? Array.Empty<string>() : ["--push"], .. options]
        );

    /// <summary>Writes the consensus into a new checkout of the branch, and says what that changed.</summary>
    public async Task<string> WrittenAnewAsync()
    {
        var clone = Clone();
        var result = await CommandLine.RunAsync(System.IO.Path.Combine(clone.Path, _prefix), "consensus", "--write");
        Assert.True(result.ExitCode == 0, result.Error);
        return clone.Git("status", "--porcelain");
    }

    public static void Hook(string git, string name, string script)
    {
        var file = System.IO.Path.Combine(git, "hooks", name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "#!/bin/sh\n" + script);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public void Dispose()
    {
        foreach (var clone in _clones)
            clone.Dispose();
        _folder.Dispose();
    }
}
