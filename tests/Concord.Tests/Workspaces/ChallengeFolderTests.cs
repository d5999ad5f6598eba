namespace Concord.Tests.Workspaces;

public sealed class ChallengeFolderTests
{
    private const string Folder = "benchmarks/challenges/bars";

    [Fact]
    public void The_digest_is_over_the_prompt_and_the_starter_files()
    {
        // By Python's hashlib.
        Assert.Equal("29b16d4436fa", Reading.Of(_ => { }).OrThrow().Challenges[0].Digest);
        Assert.Equal("82a1c8a8a0aa", Reading.Of(f => f.Write($"{Folder}/files/data.csv", "a\n")).OrThrow().Challenges[0].Digest);
    }

    [Fact]
    public void Guidelines_and_settings_do_not_change_the_digest() =>
        Assert.Equal(
            "29b16d4436fa",
            Reading
                .Of(f =>
                {
                    f.Write($"{Folder}/guidelines.md", "Look at the axes.\n");
                    f.Write($"{Folder}/challenge.yaml", "title: Other\nkind: code\ntimeout: 5\n");
                })
                .OrThrow()
                .Challenges[0]
                .Digest
        );

    [Fact]
    public void Everything_that_is_said_of_a_challenge_is_read()
    {
        var challenge = Reading
            .Of(f =>
                f.Write(
                    $"{Folder}/challenge.yaml",
                    "title: T\nkind: code\ntags: [a, b]\nsuite: charts/time\nviewport: {width: 10, height: 20}\nready: svg\ntimeout: 2.5\nchecks: [x]\ntests: 7\nprotected: [d.csv]\nsources: [here]\n"
                )
            )
            .OrThrow()
            .Challenges[0];

        Assert.Equal(
            ("T", "Code", "charts/time", 10, 20),
            (challenge.Title, challenge.Kind.ToString(), challenge.Suite, challenge.Viewport.Width, challenge.Viewport.Height)
        );
        Assert.Equal(7, challenge.LeastTests);
        Assert.Equal(("svg", 2.5, "Draw bars.\n"), (challenge.Ready, challenge.TimeoutSeconds, challenge.Prompt));
        Assert.Equal(
            "a b x d.csv here",
            string.Join(' ', [.. challenge.Tags, .. challenge.Checks, .. challenge.ProtectedFiles, .. challenge.Sources])
        );
    }

    [Theory]
    [InlineData("titel: T\n", "unknown-key")]
    [InlineData("kind: picture\n", "wrong-value")]
    [InlineData("timeout: 0\n", "wrong-value")]
    [InlineData("viewport: {width: 0}\n", "wrong-value")]
    [InlineData("timeout: 121\n", "wrong-value")]
    [InlineData("viewport: {width: 4001, height: 4000}\n", "wrong-value")]
    [InlineData("tests: 3\n", "wrong-value")]
    [InlineData("checks: [x]\ntests: 0\n", "wrong-value")]
    [InlineData("checks: [x]\ntests: many\n", "wrong-value")]
    [InlineData("viewport: 800x600\n", "wrong-type")]
    [InlineData("tags: a\n", "wrong-type")]
    [InlineData("protected: [./data.csv]\n", "wrong-value")]
    [InlineData("protected: [../data.csv]\n", "wrong-value")]
    [InlineData("protected: ['tests/*.js']\n", "wrong-value")]
    [InlineData("protected: [/data.csv]\n", "wrong-value")]
    [InlineData("protected: ['/']\n", "wrong-value")]
    [InlineData("title: [\n", "yaml-syntax")]
    public void A_challenge_yaml_that_cannot_be_is_reported(string yaml, string rule) =>
        Assert.Equal(
            (rule, $"{Folder}/challenge.yaml"),
            Reading.Error(Reading.Of(f => f.Write($"{Folder}/challenge.yaml", yaml)))
        );

    [Fact]
    public void Bounds_themselves_are_allowed_and_what_is_beyond_is_told_with_its_line()
    {
        var most = Reading
            .Of(f => f.Write($"{Folder}/challenge.yaml", "viewport: {width: 4000, height: 4000}\ntimeout: 120\n"))
            .OrThrow()
            .Challenges[0];
        Assert.Equal((4000, 4000, 120), (most.Viewport.Width, most.Viewport.Height, most.TimeoutSeconds));

        var beyond = Reading.Of(f =>
            f.Write($"{Folder}/challenge.yaml", "title: T\nviewport: {width: 10000, height: 10000}\ntimeout: 600\n")
        );
        Assert.Equal(
            [
                (2, "A viewport of 10000 x 10000 has more than 16000000 pixels."),
                (3, "'timeout' should be seconds from above 0 to 120, and is '600'."),
            ],
            beyond.Errors.Select(p => (p.Line ?? 0, p.What)).Order()
        );
    }

    [Fact]
    public void A_challenge_without_prompt_is_an_error() =>
        Assert.Equal(
            ("missing-file", $"{Folder}/prompt.md"),
            Reading.Error(Reading.Of(f => File.Delete(f[$"{Folder}/prompt.md"])))
        );
}
