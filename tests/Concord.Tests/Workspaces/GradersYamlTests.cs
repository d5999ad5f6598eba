using Concord.Core.Domain;

namespace Concord.Tests.Workspaces;

public sealed class GradersYamlTests
{
    private const string Path = "benchmarks/graders.yaml";

    [Fact]
    public void A_grader_who_is_not_listed_is_human_and_in_no_group()
    {
        var grader = Reading.Of(_ => { }).OrThrow().Grader(GraderId.Parse("zoe"));

        Assert.Equal((GraderKind.Human, GraderRole.Grader, 1.0, true), (grader.Kind, grader.Role, grader.Weight, grader.Counts));
        Assert.Empty(grader.Groups);
    }

    [Fact]
    public void Everything_that_is_said_of_a_grader_is_read()
    {
        var grader = Reading
            .Of(f =>
                f.Write(
                    Path,
                    "- {id: bot, name: B, emails: [a@x, b@x], github: gh, kind: model, role: lead, groups: [g], weight: 2}\n"
                )
            )
            .OrThrow()
            .Grader(GraderId.Parse("bot"));

        Assert.Equal(
            ("B", "gh", GraderKind.Model, GraderRole.Lead, 2.0, false),
            (grader.Name, grader.Github, grader.Kind, grader.Role, grader.Weight, grader.Counts)
        );
        Assert.Equal("a@x b@x g", string.Join(' ', [.. grader.Emails, .. grader.Groups]));
    }

    [Theory]
    [InlineData("- {id: ada}\n- {id: ada}\n", "duplicate-id", 2)]
    [InlineData("- {id: ../ada}\n", "wrong-id", 1)]
    [InlineData("- {id: ada-2026-11-02}\n", "wrong-id", 1)]
    [InlineData("- {id: ada, weight: 0}\n", "wrong-value", 1)]
    [InlineData("- {id: ada, mail: x}\n", "unknown-key", 1)]
    [InlineData("- {id: ada, github: 'not a login!!'}\n", "wrong-login", 1)]
    [InlineData("- {id: ada, github: '@ada'}\n", "wrong-login", 1)]
    [InlineData("- ada\n", "wrong-type", 1)]
    [InlineData("ada: x\n", "wrong-type", 1)]
    [InlineData("- {name: Ada}\n", "missing-key", 1)]
    public void What_cannot_be_is_reported_with_its_line(string yaml, string rule, int line)
    {
        var problem = Assert.Single(Reading.Of(f => f.Write(Path, yaml)).Errors);

        Assert.Equal((rule, Path, line), (problem.Rule, problem.Path, problem.Line));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nobody yet\n")]
    [InlineData("[]\n")]
    public void Nobody_is_listed_in_an_empty_file(string yaml) =>
        Assert.Empty(Reading.Of(f => f.Write(Path, yaml)).OrThrow().Graders);
}
