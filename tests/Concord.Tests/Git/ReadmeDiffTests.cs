using Concord.Core.Domain;
using Concord.Tests.Grading;
using Concord.Tests.Support;
using static Concord.Tests.Grading.GradingWorkspace;

namespace Concord.Tests.Git;

/// <summary>The README shows what git prints of a grading session, without our filter and with it.</summary>
public sealed class ReadmeDiffTests
{
    private const string Clear = "Clear, but no axis";

    [Fact]
    public async Task The_README_shows_a_session_as_git_does_without_textconv_and_with_it()
    {
        using var here = new GradingWorkspace();
        here.Repository.Write(".gitattributes", File.ReadAllText(Path.Combine(SourceTree.Root, ".gitattributes")));
        here.Repository.Commit("git's attributes");
        Assert.Equal(0, (await CommandLine.RunAsync(here.Repository.Path, "doctor", "--fix")).ExitCode);
        await using var session = await here.OpenAsync();
        await SaveAsync(session, One, 4, 3, notes: Clear);
        here.Time.Now = here.Time.Now.AddMinutes(2);
        await SaveAsync(session, Two, null, null, GradeStatus.Skipped, "Does not load");
        here.Time.Now = here.Time.Now.AddMinutes(1);
        await SaveAsync(session, One, 5, 3, GradeStatus.Flagged, Clear);
        string[] diff = ["diff", "-U0", $"{session.Branch}~2", session.Branch];

        var (plain, told) = (here.Repository.Git([.. diff, "--no-textconv"]), here.Repository.Git(diff));

        var readme = (
            await File.ReadAllTextAsync(Path.Combine(SourceTree.Root, "README.md"), TestContext.Current.CancellationToken)
        );
        foreach (var shown in new[] { plain, told })
            Assert.True(readme.Contains($"```diff\n{shown}\n```", StringComparison.Ordinal), shown);
    }
}
