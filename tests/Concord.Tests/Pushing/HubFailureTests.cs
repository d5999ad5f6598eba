using System.Text.Json;
using Concord.Core.Domain;
using Concord.Pipeline.Http;
using Concord.Pipeline.Hub;
using Microsoft.AspNetCore.Http;

namespace Concord.Tests.Pushing;

/// <summary>What goes wrong is said with its remedy; what passes is waited for; the token goes nowhere else.</summary>
public sealed class HubFailureTests : PushSession
{
    private static bool IsRead(HubCall call) => call.Method == "GET" && call.Path == "/api/datasets/acme/pairs";

    private IEnumerable<double> Waits => Time.Waits.Select(w => w.TotalSeconds);

    [Fact]
    public async Task A_token_that_the_Hub_does_not_take_is_named_by_its_variable()
    {
        Environment["HF_TOKEN"] = "hf_expired5ecretabcdefghijkl";

        var problem = await FailAsync();

        Assert.Equal("hub-unauthorized", problem.Rule);
        Assert.Contains("does not take the token from HF_TOKEN: Invalid username or password", problem.What);
        Assert.Contains($"{Hub.Url}/settings/tokens, and set HF_TOKEN to it", problem.Mend);
        Assert.DoesNotContain("expired5ecret", problem.ToString());
        Assert.Single(Hub.Calls);
    }

    [Theory]
    [InlineData("", "no-token")]
    [InlineData("  ", "no-token")]
    [InlineData("hf_two words", "hub-token")]
    [InlineData("hf_näh", "hub-token")]
    public async Task Without_a_token_nothing_is_asked(string token, string rule)
    {
        Environment["HF_TOKEN"] = token;

        var problem = await FailAsync();

        Assert.Equal(rule, problem.Rule);
        Assert.Contains("HF_TOKEN", problem.Mend);
        Assert.Empty(Hub.Calls);
    }

    [Theory]
    [InlineData("http://hub.example")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("hub.example")]
    [InlineData("https://me:secret@hub.example")]
    [InlineData("https://hub.example/?x=1")]
    public async Task A_Hub_that_the_token_would_go_to_unencrypted_is_not_asked(string endpoint)
    {
        Environment["HF_ENDPOINT"] = endpoint;

        var problem = await FailAsync();

        Assert.Equal("hub-endpoint", problem.Rule);
        Assert.DoesNotContain("secret", problem.ToString());
    }

    [Fact]
    public async Task A_missing_permission_is_told_and_not_tried_again()
    {
        Hub.Refuse(
            c => c.Is("POST", "/api/repos/create"),
            403,
            """{"error":"You don't have the rights to create a dataset under the namespace \"acme\""}"""
        );

        var problem = await FailAsync();

        Assert.Equal("hub-forbidden", problem.Rule);
        Assert.Contains("make the dataset acme/pairs", problem.What);
        Assert.Contains("don't have the rights", problem.What);
        Assert.Contains("write access", problem.Mend);
        Assert.Equal(1, Count(c => c.Is("POST", "/api/repos/create")));
    }

    [Fact]
    public async Task A_private_dataset_of_others_is_told_as_what_it_may_be()
    {
        Hub.Add(Name).IsShown = false;

        var problem = await FailAsync();

        Assert.Equal("hub-not-found", problem.Rule);
        Assert.Contains("is there, but not shown to the token", problem.What);
        Dataset.IsShown = true;
        Hub.Refuse(c => c.Is("POST", "/preupload/"), 404, "", 1, ("X-Error-Code", "RepoNotFound"));
        Assert.Contains("private dataset looks the same", (await FailAsync()).Mend);
    }

    [Fact]
    public async Task What_is_not_there_may_be_refused_as_if_the_token_were()
    {
        Hub.Refuse(IsRead, 401, """{"error":"Invalid username or password."}""", 1, ("X-Error-Code", "RepoNotFound"));

        Assert.True((await PushAsync()).IsNew);
    }

    [Theory]
    [InlineData("Retry-After", "45", 45)]
    [InlineData("RateLimit", "\"api\";r=0;t=55", 56)]
    [InlineData("RateLimit", "\"api\";r=9;t=5, \"resolvers\";r=0;t=55", 56)]
    [InlineData("RateLimit", "\"api\";r=9;t=55", 30)]
    public async Task A_limit_is_waited_for_as_long_as_it_says(string header, string value, double seconds)
    {
        Hub.Refuse(c => c.IsCommit, 429, """{"error":"Too many requests"}""", 1, (header, value));

        await PushAsync();

        Assert.Equal([seconds], Waits);
        Assert.Contains(Told, t => t.Contains($"waiting {seconds} seconds"));
        Assert.Equal(2, Dataset.Made);
    }

    [Fact]
    public async Task A_limit_without_a_time_is_waited_for_twice_as_long_each_time_and_not_for_ever()
    {
        Hub.Refuse(IsPut, 429, times: 99);

        var problem = await FailAsync();

        Assert.Equal([30, 60, 120, 240], Waits);
        Assert.Equal("hub-limited", problem.Rule);
    }

    [Fact]
    public async Task A_limit_that_lasts_longer_than_one_waits_says_when_to_come_again()
    {
        Hub.Refuse(IsRead, 429, "", 9, ("Retry-After", "2520"));

        var problem = await FailAsync();

        Assert.Equal("hub-limited", problem.Rule);
        Assert.Contains("wants 42 minutes of waiting", problem.What);
        Assert.Contains(" UTC; what arrived is not sent again.", problem.Mend);
        Assert.Equal(1, Count(IsRead));
    }

    [Fact]
    public async Task An_error_of_the_server_is_waited_for_as_it_says_and_then_told()
    {
        Hub.Refuse(IsRead, 503, "", 1, ("Retry-After", "45"));
        await PushAsync();
        Assert.Equal([45], Waits);
        Hub.Refuse(c => c.Is("GET", "/tree/"), 502, "<html>secret place</html>", times: 99);

        var problem = await FailAsync();

        Assert.Equal("hub-unavailable", problem.Rule);
        Assert.EndsWith("answered 502.", problem.What);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task The_token_is_not_sent_where_a_redirect_leads(int status)
    {
        await using var other = await FakeHub.StartAsync();
        Hub.Refuse(IsRead, status, "", 1, ("Location", $"{other.Url}/api/datasets/acme/pairs"));

        var problem = await FailAsync();

        Assert.Equal("hub-redirected", problem.Rule);
        Assert.Contains(new Uri(other.Url).Authority, problem.What);
        Assert.Empty(other.Calls);
    }

    [Fact]
    public async Task The_token_is_not_sent_where_a_next_page_is()
    {
        await using var other = await FakeHub.StartAsync();
        Hub.Refuse(
            c => c.Is("GET", "/tree/"),
            200,
            "[]",
            1,
            ("Link", $"<{other.Url}/api/datasets/acme/pairs/tree/x>; rel=\"next\"")
        );

        Assert.Equal("hub-redirected", (await FailAsync()).Rule);
        Assert.Empty(other.Calls);
    }

    [Fact]
    public async Task A_renamed_dataset_is_followed_on_the_same_host()
    {
        Hub.Add("acme/new-pairs");
        Hub.Break(
            new(
                c => c.Path.StartsWith("/api/datasets/acme/pairs", StringComparison.Ordinal),
                context =>
                {
                    context.Response.StatusCode = 307;
                    context.Response.Headers.Location =
                        context.Request.Path.Value!.Replace("/pairs", "/new-pairs") + context.Request.QueryString;
                    return Task.CompletedTask;
                }
            )
            {
                Times = 99,
            }
        );
        Hub.IsLarge = _ => false;

        await PushAsync();

        AssertPushed(Hub.Datasets["acme/new-pairs"].Main);
    }

    [Fact]
    public async Task A_store_that_leads_elsewhere_gets_nothing_more()
    {
        await using var other = await FakeHub.StartAsync();
        Hub.Refuse(IsPut, 307, "", 9, ("Location", $"{other.StoreUrl}/put/x"));

        Assert.Equal("hub-refused", (await FailAsync()).Rule);
        Assert.Empty(other.Calls);
    }

    [Theory]
    [InlineData("http://store.example/put?sig=leave")]
    [InlineData("file:///etc/passwd")]
    public async Task Files_are_not_sent_unencrypted(string href)
    {
        var sum = Sum(File.ReadAllBytes(Folder[Shard]));
        Hub.Refuse(
            c => c.IsBatch,
            200,
            """{"objects":[{"oid":"SUM","size":5000,"actions":{"upload":{"href":"URL","header":{}}}}]}"""
                .Replace("SUM", sum)
                .Replace("URL", href)
        );

        Assert.Equal("hub-redirected", (await FailAsync()).Rule);
    }

    [Theory]
    [InlineData("""{"objects":[]}""", "not every file is in it")]
    [InlineData(
        """{"objects":[{"oid":"SUM","size":5000,"actions":{"upload":{"href":"URL","header":{"chunk_size":"1500","1":"URL"}}}}]}""",
        "parts that do not make the file"
    )]
    [InlineData(
        """{"objects":[{"oid":"SUM","size":5000,"actions":{"upload":{"href":"URL","header":{"chunk_size":"0"}}}}]}""",
        "parts that do not make the file"
    )]
    [InlineData(
        """{"objects":[{"oid":"SUM","size":5000,"actions":{"upload":{"href":"URL","header":{"x":"a\r\nAuthorization: y"}}}}]}""",
        "a header that can be none"
    )]
    [InlineData(
        """{"objects":[{"oid":"SUM","size":5000,"actions":{"upload":{"href":"URL","header":{"x y":"z"}}}}]}""",
        "a header that can be none"
    )]
    [InlineData(
        """{"objects":[{"oid":"SUM","size":5000,"actions":{"upload":{"href":"URL","header":{"":"z"}}}}]}""",
        "a header that can be none"
    )]
    [InlineData(
        """{"objects":[{"oid":"SUM","size":5000,"actions":{"upload":{"href":"URL","header":{"x":"ä"}}}}]}""",
        "a header that can be none"
    )]
    [InlineData(
        """{"objects":[{"oid":"SUM","size":5000,"actions":{"upload":{"href":"URL","header":{"x":null}}}}]}""",
        "a header that can be none"
    )]
    [InlineData("""{"objects":[null]}""", "not every file is in it")]
    [InlineData("<html>hotel</html>", "JSON of another kind")]
    [InlineData("", "JSON of another kind")]
    public async Task An_answer_that_is_not_the_protocols_is_not_trusted(string body, string why)
    {
        var sum = Sum(File.ReadAllBytes(Folder[Shard]));
        Hub.Refuse(
            c => c.IsBatch,
            200,
            body.Replace("SUM", sum).Replace("URL", $"{Hub.StoreUrl}/put/{sum}?sig=leave"),
            times: 99
        );

        var problem = await FailAsync();

        Assert.Equal("hub-not-understood", problem.Rule);
        Assert.True(problem.What.Contains(why) || (body.Length == 0 && problem.What.Contains("nothing")), problem.What);
        Assert.Equal(0, Count(IsPut));
    }

    [Fact]
    public async Task A_file_that_the_store_does_not_take_is_named_with_the_Hubs_words()
    {
        var sum = Sum(File.ReadAllBytes(Folder[Shard]));
        Hub.Refuse(
            c => c.IsBatch,
            200,
            """{"objects":[{"oid":"SUM","size":5000,"error":{"code":422,"message":"File too large"}}]}""".Replace("SUM", sum)
        );

        var problem = await FailAsync();

        Assert.Equal(("hub-invalid", Shard), (problem.Rule, problem.Path));
        Assert.Contains("File too large", problem.What);
    }

    [Fact]
    public async Task A_refused_commit_is_told_in_the_Hubs_words_without_the_token()
    {
        Hub.Refuse(c => c.IsCommit, 400, $$"""{"error":"Bearer {{FakeHub.Token}} may not \u001b[2J this"}""");

        var problem = await FailAsync();

        Assert.Equal("hub-invalid", problem.Rule);
        Assert.Contains("Bearer [key] may not", problem.What);
        Assert.DoesNotContain('\u001b', problem.What);
        Assert.Equal(1, Count(c => c.IsCommit));
    }

    [Fact]
    public async Task What_the_Hub_says_back_does_not_bring_the_token_into_a_message()
    {
        Hub.CardWarning = $"You sent {FakeHub.Token}";
        var sum = Sum(File.ReadAllBytes(Folder[Shard]));
        Hub.Refuse(
            c => c.IsBatch,
            200,
            """{"objects":[{"oid":"SUM","size":5000,"error":{"code":500,"message":"Bearer TOKEN"}}]}"""
                .Replace("SUM", sum)
                .Replace("TOKEN", FakeHub.Token)
        );
        var store = await FailAsync();
        Hub.CardError = $"You sent {FakeHub.Token}";
        var card = await FailAsync();
        Hub.CardError = "";
        Hub.Refuse(
            c => c.IsCommit,
            200,
            $$"""{"commitOid":"{{new string('c', 40)}}","commitUrl":"{{Hub.Url}}/?token={{FakeHub.Token}}"}"""
        );

        var outcome = await PushAsync();

        Assert.Contains("Bearer [key]", store.What);
        Assert.Contains("You sent [key]", card.What);
        Assert.Contains("[key]", outcome.Page);
        Assert.Contains(Told, t => t.EndsWith("the Hub warns: You sent [key]"));
    }

    [Fact]
    public async Task Without_a_network_it_is_said_soon_and_plainly()
    {
        Environment["HF_ENDPOINT"] = "http://127.0.0.1:1";

        var problem = await FailAsync();

        Assert.Equal("hub-unreachable", problem.Rule);
        Assert.Contains("127.0.0.1:1 was not reached", problem.What);
    }

    [Theory]
    [InlineData("acme/pairs", true)]
    [InlineData("Acme_1/p.a-i_rs", true)]
    [InlineData("pairs", false)]
    [InlineData("a/b/c", false)]
    [InlineData("acme/../pairs", false)]
    [InlineData("acme/-pairs", false)]
    [InlineData("acme/pairs.", false)]
    [InlineData("acme/pa--irs", false)]
    [InlineData("acme/pairs.git", false)]
    [InlineData("acme/pairs\n", false)]
    [InlineData("acme/pa irs", false)]
    [InlineData("acme/pairs?x", false)]
    [InlineData("/pairs", false)]
    public async Task Names_have_the_Hubs_rule(string name, bool isOne)
    {
        if (isOne)
        {
            Assert.Equal(name, DatasetName.Of(name).ToString());
            return;
        }
        var problem = await FailAsync(o => o with { Name = name });
        Assert.Equal(("hub-name", DatasetName.Rule), (problem.Rule, problem.Mend));
        Assert.Empty(Hub.Calls);
    }

    [Theory]
    [InlineData("-main")]
    [InlineData("a..b")]
    [InlineData("a b")]
    [InlineData("a/.b")]
    [InlineData("x.lock")]
    [InlineData("0123456789012345678901234567890123456789")]
    public async Task A_branch_or_tag_that_can_be_none_is_refused_before_anything_is_asked(string name)
    {
        Assert.Equal("hub-branch", (await FailAsync(o => o with { Revision = name })).Rule);
        if (name.Length < 40)
            Assert.Equal("hub-tag", (await FailAsync(o => o with { Tag = name })).Rule);
        Assert.Equal("hub-tag", (await FailAsync(o => o with { Tag = "v1", AsPullRequest = true })).Rule);
        Assert.Equal("hub-message", (await FailAsync(o => o with { Message = "x" })).Rule);
        Assert.Empty(Hub.Calls);
    }

    [Fact]
    public async Task Of_files_that_nobody_asked_for_nothing_is_said()
    {
        Hub.Add(Name);
        Hub.Refuse(
            c => c.Is("POST", "/preupload/"),
            200,
            JsonSerializer.Serialize(
                new
                {
                    files = new[] { "README.md", List, Shard, "dataset_info.json", $"\u001b[2J {FakeHub.Token}" }.Select(
                        (path, i) =>
                            new
                            {
                                path,
                                uploadMode = "regular",
                                shouldIgnore = i >= 3,
                            }
                    ),
                }
            )
        );

        await PushAsync();

        Assert.Equal(["Left out: dataset_info.json, which the dataset's .gitignore names."], Told);
    }

    [Theory]
    [InlineData("/api/datasets/acme/pairs", """{"id":"acme/pairs","sha":"ID"}""")]
    [InlineData("/revision/", """{"id":"acme/pairs","sha":"ID"}""")]
    [InlineData("/tree/", """[{"type":"file","path":"x","oid":"ID"}]""")]
    [InlineData("/refs", """{"tags":[{"name":"v1","targetCommit":"ID"}]}""")]
    public async Task What_is_no_name_of_a_commit_is_not_taken_for_one(string part, string body)
    {
        string[] none = ["", "../../x", "\\u001b[2J", new('A', 40), new('a', 39), $"{new string('a', 40)}\\n", FakeHub.Token];
        foreach (var id in none)
        {
            Hub.Datasets.Clear();
            Hub.Add(Name);
            Hub.Refuse(
                c =>
                    c.Method == "GET"
                    && c.Path.Contains(part)
                    && (part[^1] == '/' || c.Path.EndsWith(part, StringComparison.Ordinal)),
                200,
                body.Replace("ID", id),
                times: HubWire.Attempts
            );

            Assert.Equal("hub-not-understood", (await FailAsync(o => o with { Tag = "v1" })).Rule);
            Assert.Equal(1, Dataset.Made);
        }
    }

    [Fact]
    public async Task A_commit_without_a_name_is_looked_for_and_found()
    {
        Hub.Break(
            new(c => c.IsCommit, c => c.Response.WriteAsync("""{"commitOid":"\u001b[2J","commitUrl":"x"}"""))
            {
                AfterDoing = true,
            }
        );

        var outcome = await PushAsync();

        Assert.Equal((Dataset.Main.Id, 1), (outcome.Commit, Count(c => c.IsCommit)));
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/put", true, true)]
    [InlineData("https://localhost/put", true, true)]
    [InlineData("https://store.example/put", true, true)]
    [InlineData("http://127.0.0.1:9/put", false, false)]
    [InlineData("http://[::1]:9/put", false, false)]
    [InlineData("https://localhost/put", false, false)]
    [InlineData("https://store.example/put", false, true)]
    [InlineData("http://store.example/put", true, false)]
    public void Files_go_to_this_machine_only_where_the_Hub_is_there(string address, bool isHubHere, bool may) =>
        Assert.Equal(may, Endpoint(isHubHere ? Hub.Url : "https://hub.example").MayLeadTo(new(address)));

    [Fact]
    public async Task A_Hub_elsewhere_has_nothing_sent_to_this_machine()
    {
        using var http = PlainHttp.New("1");
        var wire = Wire(http, Endpoint("https://hub.example"));
        var request = new HubRequest(HttpMethod.Put, $"{Hub.StoreUrl}/put/x", "send x")
        {
            Given = new Dictionary<string, string>(),
        };

        var failure = await Assert.ThrowsAsync<ConcordException>(() => wire.AskAsync(request, Cancellation));

        Assert.Equal("hub-redirected", failure.Problems[0].Rule);
        Assert.Empty(Hub.Calls);
    }

    [Theory]
    [InlineData(3, 100, true)]
    [InlineData(2, 100, false)]
    [InlineData(3, 9, true)]
    [InlineData(3, 8, false)]
    public async Task A_list_of_files_that_does_not_end_is_given_up(int pages, int entries, bool isRead)
    {
        // Six files and a folder on each of three pages.
        Hub.Add(Name);
        foreach (var i in Enumerable.Range(1, 5))
            Dataset.Edit($"{i}.txt", "x");
        Hub.PageSize = 2;
        using var http = PlainHttp.New("1");
        var hub = new HubDataset(Wire(http, Endpoint(Hub.Url)), DatasetName.Of(Name)) { MostPages = pages, MostFiles = entries };

        if (isRead)
        {
            Assert.Equal(6, (await hub.FilesAsync("main", Cancellation)).Count);
            return;
        }
        var failure = await Assert.ThrowsAsync<ConcordException>(() => hub.FilesAsync("main", Cancellation));
        Assert.Equal("hub-too-large", failure.Problems[0].Rule);
        Assert.Contains(pages == 2 ? "more than 2 pages of files" : "more than 8 files", failure.Message);
    }

    [Fact]
    public async Task Pages_that_lead_in_a_circle_are_no_list()
    {
        Hub.Add(Name);
        Hub.Refuse(
            c => c.Is("GET", "/tree/"),
            200,
            "[]",
            9,
            ("Link", $"<{Hub.Url}/api/datasets/acme/pairs/tree/main?recursive=true&cursor=1>; rel=\"next\"")
        );

        Assert.Contains("in a circle", (await FailAsync()).What);
    }

    private HubEndpoint Endpoint(string url) => HubEndpoint.Of(name => name == "HF_ENDPOINT" ? url : Environment[name]);

    private HubWire Wire(HttpClient http, HubEndpoint endpoint) =>
        new(http, endpoint, HubToken.Of(name => Environment[name], endpoint), Time, Told.Add);
}
