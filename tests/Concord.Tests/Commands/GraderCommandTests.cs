using Concord.Tests.Support;

namespace Concord.Tests.Commands;

public sealed class GraderCommandTests
{
    [Theory]
    [InlineData("Lee")]
    [InlineData("@Lee")]
    public async Task A_login_is_taken_as_people_write_it(string login)
    {
        using var folder = new TempFolder();
        await CommandLine.RunAsync(folder.Path, "init");

        var add = await CommandLine.RunAsync(
            folder.Path,
            "grader",
            "add",
            "lee",
            "--email",
            "lee@concord.example",
            "--github",
            login
        );

        Assert.True(add.ExitCode == 0, add.Error);
        Assert.Contains("github: Lee,", folder.Read("benchmarks/graders.yaml"), StringComparison.Ordinal);
        Assert.Contains("concord doctor --fix", add.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not a login!!")]
    [InlineData("@@lee")]
    [InlineData("")]
    public async Task What_is_no_login_is_refused(string login)
    {
        using var folder = new TempFolder();
        await CommandLine.RunAsync(folder.Path, "init");
        var before = folder.Read("benchmarks/graders.yaml");

        var add = await CommandLine.RunAsync(folder.Path, "grader", "add", "zed", "--github", login);

        Assert.Equal(2, add.ExitCode);
        Assert.Contains(
            $"'{login.TrimStart('@')}' cannot be a login",
            add.Error.Replace("'@lee'", "'lee'", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
        Assert.Equal(before, folder.Read("benchmarks/graders.yaml"));
    }

    [Fact]
    public async Task Without_a_login_it_is_said_what_CI_cannot_do()
    {
        using var folder = new TempFolder();
        await CommandLine.RunAsync(folder.Path, "init");

        var add = await CommandLine.RunAsync(folder.Path, "grader", "add", "ada", "--email", "ada@concord.example");

        Assert.Contains("Without --github, CI cannot tell", add.Error, StringComparison.Ordinal);
    }
}
