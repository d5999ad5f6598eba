using System.Text;
using System.Text.Json;
using Concord.Pipeline.Hub;
using Concord.Tests.GitHub;
using Concord.Tests.Support;

namespace Concord.Tests.Pushing;

/// <summary>What is sent, and what the fake answers, has the form that the Hub's contracts give it.</summary>
public sealed class HubContractTests : PushSession
{
    [Fact]
    public async Task Every_request_and_answer_of_a_push_fits_the_contract()
    {
        var schemas = Read("hub-dataset.schemas.json").GetProperty("$defs");
        var schema = new JsonSchema(schemas);
        Folder.Write("data/test-00000-of-00001.parquet", Random(100, seed: 3));
        Hub.PartSize = 1500;
        Hub.CardWarning = "no licence";
        await PushAsync(o => o with { Private = true, Tag = "v1", Revision = "next" });
        Folder.Write("README.md", "# More\n");
        Folder.Write("data/test-00000-of-00001.parquet", Random(100, seed: 4));
        Dataset.Edit("data/train-00000-of-00009.parquet", "old");
        await PushAsync(o => o with { AsPullRequest = true, Message = "More\n\nMuch more." });
        Hub.Datasets.Remove(Name);
        Hub.Break(new(c => c.Is("POST", "/api/repos/create"), null) { Before = () => Hub.Add(Name) });
        await PushAsync(o => o with { Tag = "v1" });

        var used = new HashSet<string>();
        foreach (var call in Hub.Calls)
        {
            var (request, answer) = Names(call);
            if (request is not null)
                foreach (var line in request == "CommitLine" ? call.Lines : [JsonDocument.Parse(call.Body).RootElement])
                    Check(call, request, line);
            if (answer is not null)
                Check(call, answer, JsonDocument.Parse(call.Answer).RootElement);
        }

        string[] all =
        [
            "BranchRequest",
            "CommitLine",
            "CommitResponse",
            "CreateRepoConflict",
            "CreateRepoRequest",
            "CreateRepoResponse",
            "LfsBatchRequest",
            "LfsBatchResponse",
            "LfsCompleteMultipart",
            "LfsVerifyRequest",
            "PreuploadRequest",
            "PreuploadResponse",
            "TagRequest",
            "ValidateYamlRequest",
            "ValidateYamlResponse",
        ];
        Assert.Equal(all, used.Where(u => u != "Error").Order(StringComparer.Ordinal));
        Assert.Contains(Hub.Calls, c => c.IsCommit && c.Text.Contains("\"deletedFile\""));

        void Check(HubCall call, string name, JsonElement value)
        {
            used.Add(name);
            Assert.True(
                schema.Check(schemas.GetProperty(name), value) is [],
                $"{call} {name}: {string.Join("; ", schema.Check(schemas.GetProperty(name), value))}"
            );
        }
    }

    [Fact]
    public void The_contracts_examples_of_answers_are_read()
    {
        var examples = Read("hub-dataset.examples.json");
        var commit = examples.GetProperty("commit");

        Assert.Equal(new string('b', 40), Parse(commit.GetProperty("response"), HubJson.Default.CommitAnswer).CommitOid);
        Assert.EndsWith(
            "/discussions/1",
            Parse(commit.GetProperty("response_with_create_pr"), HubJson.Default.CommitAnswer).PullRequestUrl
        );
        Assert.Equal([false, true], Parse(Answer("preupload"), HubJson.Default.PreuploadAnswer).Files.Select(f => f.IsLfs));
        var basic = Assert.Single(Parse(Answer("lfs-batch"), HubJson.Default.BatchAnswer).Objects);
        Assert.EndsWith("/objects/verify", basic.Actions?.Verify?.Href);
        Assert.Null(Assert.Single(Parse(Answer("lfs-batch-already-there"), HubJson.Default.BatchAnswer).Objects).Actions);
        Assert.Equal(
            422,
            Assert.Single(Parse(Answer("lfs-batch-object-error"), HubJson.Default.BatchAnswer).Objects).Error?.Code
        );
        Assert.Equal(
            "20000000",
            Assert
                .Single(Parse(Answer("lfs-batch-multipart"), HubJson.Default.BatchAnswer).Objects)
                .Actions?.Upload?.Header?["chunk_size"]
        );
        Assert.Single(Parse(Answer("validate-yaml-error"), HubJson.Default.CardVerdict).Errors);
        Assert.Single(Parse(Answer("validate-yaml-warning"), HubJson.Default.CardVerdict).Warnings);

        JsonElement Answer(string id) =>
            examples
                .GetProperty("calls")
                .EnumerateArray()
                .Single(c => c.GetProperty("id").GetString() == id)
                .GetProperty("response");
    }

    private static T Parse<T>(JsonElement element, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        HubJson.Read(Encoding.UTF8.GetBytes(element.GetRawText()), type);

    private static (string? Request, string? Answer) Names(HubCall call)
    {
        (string? Request, string? Answer) names = call switch
        {
            { IsStore: true } or { Method: "GET" } => (null, null),
            { IsBatch: true } => ("LfsBatchRequest", "LfsBatchResponse"),
            { IsCommit: true } => ("CommitLine", "CommitResponse"),
            _ when call.Is("POST", "/api/repos/create") => (
                "CreateRepoRequest",
                call.Status == 409 ? "CreateRepoConflict" : "CreateRepoResponse"
            ),
            _ when call.Is("POST", "/preupload/") => ("PreuploadRequest", "PreuploadResponse"),
            _ when call.Is("POST", "/objects/verify") => ("LfsVerifyRequest", null),
            _ when call.Is("POST", "/multipart/complete") => ("LfsCompleteMultipart", null),
            _ when call.Is("POST", "/tag/") => ("TagRequest", null),
            _ when call.Is("POST", "/branch/") => ("BranchRequest", null),
            _ when call.Is("POST", "/api/validate-yaml") => ("ValidateYamlRequest", "ValidateYamlResponse"),
            _ => throw new InvalidOperationException($"No contract has {call}."),
        };
        return call.Status is 200 or 409 ? names : (names.Request, call.Answer.Length > 0 ? "Error" : null);
    }

    private static JsonElement Read(string name) =>
        JsonDocument.Parse(File.ReadAllText(SourceTree.Reference($"contracts/huggingface/{name}"))).RootElement;
}
