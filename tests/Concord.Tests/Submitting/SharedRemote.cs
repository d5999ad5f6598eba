using Concord.App;
using Concord.Core.Domain;
using Concord.Pipeline.Grading;
using Concord.Pipeline.Submitting;
using Concord.Tests.Grading;
using Concord.Tests.Support;

namespace Concord.Tests.Submitting;

/// <summary>A bare remote with a workspace, and clones of it in which graders work.</summary>
internal sealed class SharedRemote : IDisposable
{
    private readonly List<IDisposable> _clones = [];

    public SharedRemote()
    {
        new GitIn(Path).Run("init", "-q", "--bare", "-b", "main");
        var first = TestWorkspace.Create();
        _clones.Add(first);
        first.Git("remote", "add", "origin", Path);
        first.Git("push", "-q", "origin", "main");
        Maintainer = first;
    }

    public TempFolder Folder { get; } = new();

    public string Path => Folder.Path;

    /// <summary>Somebody who pushes to the default branch.</summary>
    public TestRepository Maintainer { get; }

    public GradingWorkspace Clone()
    {
        var repository = new TestRepository();
        repository.Git("remote", "add", "origin", Path);
        repository.Git("fetch", "-q", "origin");
        repository.Git("checkout", "-q", "-B", "main", "origin/main");
        repository.Git("remote", "set-head", "origin", "main");
        var clone = new GradingWorkspace(repository: repository);
        _clones.Add(clone);
        return clone;
    }

    public string Git(params string[] arguments) => new GitIn(Path).Run(arguments).TrimEnd('\n');

    public string[] Subjects(string branch) =>
        Git("log", "--format=%s", $"main..{branch}").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public string File(string branch, string name = "ada-2026-11-21.csv") => Git("show", $"{branch}:grades/{name}");

    /// <summary>Puts something on the default branch.</summary>
    public void Push(string path, string text)
    {
        Maintainer.Git("pull", "-q", "--rebase", "origin", "main");
        Maintainer.Write(path, text);
        Maintainer.Commit("on main");
        Maintainer.Git("push", "-q", "origin", "main");
    }

    /// <summary>Merges a branch as a forge does with "squash and merge".</summary>
    public void Squash(string branch)
    {
        Maintainer.Git("pull", "-q", "--rebase", "origin", "main");
        Maintainer.Git("fetch", "-q", "origin", branch);
        Maintainer.Git("merge", "--squash", "-q", "FETCH_HEAD");
        Maintainer.Commit("squashed (#1)");
        Maintainer.Git("push", "-q", "origin", "main");
    }

    public void Hook(string name, string script)
    {
        Folder.Write($"hooks/{name}", "#!/bin/sh\n" + script);
        if (!OperatingSystem.IsWindows())
            System.IO.File.SetUnixFileMode(
                Folder[$"hooks/{name}"],
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
    }

    public static Task<CommandResult> SubmitAsync(GradingWorkspace clone, params string[] options) =>
        CommandLine.RunAsync(clone.Repository.Path, ["submit", "--grader", "ada", .. options]);

    /// <summary>As the page does: while the session is open.</summary>
    public static async Task<SubmitResult> SubmitAsync(
        GradingWorkspace clone,
        GradingSession session,
        SubmitOptions? options = null
    )
    {
        var cancellation = TestContext.Current.CancellationToken;
        options ??= new(clone.Repository.Path, GraderId.Parse("ada"), clone.Time, _ => { });
        var submission = await Submission.OpenAsync(options, cancellation);
        return await Handover.OfAsync(submission, options.Grader, session.AtRestAsync, cancellation);
    }

    public void Dispose()
    {
        foreach (var clone in _clones)
            clone.Dispose();
        Folder.Dispose();
    }
}
