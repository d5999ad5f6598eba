using System.Globalization;
using Concord.Core.Domain;
using Concord.Pipeline.Grading;
using Concord.Tests.Support;

namespace Concord.Tests.Grading;

/// <summary>A committed workspace with a user's own changes lying in it, and sessions on it.</summary>
internal sealed class GradingWorkspace : IDisposable
{
    public static readonly OutputKey One = Key("lab/one");
    public static readonly OutputKey Two = Key("lab/two");

    public GradingWorkspace(bool identity = true, TestRepository? repository = null)
    {
        Repository = repository ?? TestWorkspace.Create();
        if (identity)
        {
            Repository.Git("config", "user.name", "Ada Sample");
            Repository.Git("config", "user.email", "ada@concord.example");
        }
        // Nothing of the machine's name makes an identity.
        Repository.Git("config", "user.useConfigOnly", "true");
    }

    public TestRepository Repository { get; }

    public FixedTime Time { get; } = new();

    public string Root { get; set; } = "";

    public static OutputKey Key(string model, string challenge = "bars") =>
        new(ChallengeId.Parse(challenge), ModelId.Parse(model));

    public Task<GradingSession> OpenAsync(
        string grader = "ada",
        bool commits = true,
        GradingMode mode = GradingMode.Grade,
        params string[] challenges
    ) =>
        GradingSession.OpenAsync(
            new(Repository[Root], GraderId.Parse(grader), commits, mode, [.. challenges.Select(ChallengeId.Parse)], Time),
            TestContext.Current.CancellationToken
        );

    public static Task<SavedGrade> SaveAsync(
        GradingSession session,
        OutputKey key,
        double? functionality,
        double? aesthetics,
        GradeStatus status = GradeStatus.Graded,
        string notes = "",
        string? version = null
    ) =>
        session.SaveAsync(
            new(
                key,
                session.Workspace.Outputs.First(o => o.Key == key).Id!.Value,
                [functionality, aesthetics],
                status,
                notes,
                12
            ),
            version ?? session.Current(key)?.Version ?? "",
            TestContext.Current.CancellationToken
        );

    public string Tree(string session) => Repository[$".git/concord/grading/{session}/tree"];

    /// <summary>A grade file as the branch has it.</summary>
    public string Committed(string branch, string file = "ada-2026-11-21.csv") =>
        Repository.Git("show", $"{branch}:grades/{file}");

    public string[] Subjects(string branch) =>
        Repository.Git("log", "--format=%s", $"main..{branch}").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What of the repository is the user's: nothing of it may change.</summary>
    public string UserState() =>
        string.Join(
            '\n',
            Repository.Git("status", "--porcelain=v2", "--untracked-files=all"),
            Repository.Git("stash", "list"),
            Repository.Git("symbolic-ref", "HEAD"),
            Repository.Git("rev-parse", "HEAD"),
            Convert.ToHexString(File.ReadAllBytes(Repository[".git/index"])),
            File.ReadAllText(Repository[".git/config"])
        );

    /// <summary>Staged, unstaged, untracked and stashed changes.</summary>
    public void MakeDirty()
    {
        Repository.Write("stashed.txt", "stashed\n");
        Repository.Git("add", "stashed.txt");
        Repository.Git("stash", "-q");
        Repository.Write("benchmarks/challenges/bars/prompt.md", "Staged.\n");
        Repository.Git("add", "-A");
        Repository.Write("benchmarks/challenges/bars/prompt.md", "Unstaged.\n");
        Repository.Write("untracked.txt", "untracked\n");
        // The index is brought up to date now, so that reading its state later changes nothing in it.
        Repository.Git("status");
    }

    public void Hook(string name, string script)
    {
        Repository.Write($".git/hooks/{name}", "#!/bin/sh\n" + script);
        MakeExecutable($".git/hooks/{name}");
    }

    public void MakeExecutable(string path)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Repository[path], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public void Dispose() => Repository.Dispose();

    /// <summary>A clock that stands until it is set.</summary>
    internal sealed class FixedTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.Parse("2026-11-21T09:00:00Z", CultureInfo.InvariantCulture);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
