using System.Text.Json;

namespace Concord.Tests.GitHub;

/// <summary>The judge of the fake's requests and answers can itself fail.</summary>
public sealed class GitHubContractTests
{
    [Theory]
    [InlineData("pulls/create", """{"title":"t","head":"a:b","base":"main"}""", 0)]
    [InlineData("pulls/create", """{"title":"t","head":"a:b"}""", 1)]
    [InlineData("pulls/create", """{"title":7,"head":"a:b","base":"main"}""", 1)]
    [InlineData("pulls/create", """{"titel":"t","head":"a:b","base":"main"}""", 1)]
    [InlineData("pulls/create", """{"title":"t","head":"a:b","base":"main","head_repo":"bench"}""", 1)]
    [InlineData("repos/create-commit-status", """{"state":"green"}""", 1)]
    [InlineData("repos/create-commit-status", """{"state":"success","target_url":null}""", 0)]
    [InlineData("issues/add-labels", """{"labels":[]}""", 1)]
    [InlineData("issues/add-labels", """{"labels":["grades"]}""", 0)]
    [InlineData("issues/create-comment", "", 1)]
    public void A_request_that_GitHub_would_not_take_is_seen(string operation, string body, int mistakes) =>
        Assert.Equal(mistakes, GitHubContract.CheckRequest(new(operation, new Dictionary<string, string>()), body).Count());

    [Theory]
    [InlineData("per_page", "100", 0)]
    [InlineData("per_page", "many", 1)]
    [InlineData("perpage", "100", 1)]
    [InlineData("state", "opened", 1)]
    public void A_parameter_that_GitHub_does_not_know_is_seen(string name, string value, int mistakes) =>
        Assert.Equal(
            mistakes,
            GitHubContract.CheckQuery(new("pulls/list", new Dictionary<string, string>()), [new(name, value)]).Count()
        );

    [Fact]
    public void The_smallest_documents_fit_their_own_descriptions()
    {
        foreach (
            var name in new[]
            {
                "full-repository",
                "pull-request",
                "pull-request-simple",
                "issue-comment",
                "label",
                "status",
                "release",
                "release-asset",
                "workflow-run",
                "artifact",
                "diff-entry",
                "private-user",
            }
        )
            Assert.Equal(
                [],
                GitHubContract.Check(
                    GitHubContract.Schema.Definition(name)!.Value,
                    GitHubContract.Sample(name).ToJsonString(),
                    name
                )
            );
    }

    [Fact]
    public void A_document_without_what_is_required_is_seen()
    {
        var pull = GitHubContract.Sample("pull-request");
        pull.Remove("number");
        pull["head"]!["sha"] = 3;
        pull["created_at"] = "yesterday";

        Assert.Equal(
            [
                "p $: 'number' is missing",
                "p $.head.sha: Number where string should be",
                "p $.created_at: 'yesterday' is no date-time",
            ],
            GitHubContract
                .Check(GitHubContract.Schema.Definition("pull-request")!.Value, pull.ToJsonString(), "p")
                .Order(StringComparer.Ordinal)
                .OrderByDescending(w => w.Contains("number"))
                .ThenByDescending(w => w.Contains("head"))
        );
    }

    [Fact]
    public void Refusals_have_the_form_that_they_name()
    {
        Assert.True(GitHubContract.Refusals.Count() > 15);
        foreach (var (id, schema, body) in GitHubContract.Refusals.Where(r => r.Schema is not null))
            Assert.Equal([], GitHubContract.Check(GitHubContract.Schema.Definition(schema!)!.Value, body, id));
    }

    [Fact]
    public void An_unknown_keyword_is_an_error()
    {
        using var schema = JsonDocument.Parse("""{"type":"string","maxLength":3}""");
        using var value = JsonDocument.Parse("\"abcd\"");

        Assert.Throws<NotSupportedException>(() => new JsonSchema(default).Check(schema.RootElement, value.RootElement));
    }
}
