using System.Text.Json.Nodes;
using Concord.Tests.Models;
using Concord.Tests.Support;

namespace Concord.Tests.Running;

public sealed class BenchRunTests
{
    private const string Output = "benchmarks/outputs/c1/lab/a/";

    [Theory]
    [InlineData(Vendor.OpenAi)]
    [InlineData(Vendor.OpenRouter)]
    [InlineData(Vendor.Anthropic)]
    [InlineData(Vendor.Ollama)]
    [InlineData(Vendor.VLlm)]
    public async Task An_output_is_written_with_all_that_was_sent_and_came(Vendor vendor)
    {
        await using var server = await FakeModelServer.StartAsync(vendor);
        using var repository = BenchWorkspace.Create(server);

        var result = await BenchWorkspace.RunAsync(repository);

        Assert.True(result.ExitCode == 0, result.Out + result.Error);
        var files = BenchWorkspace.Files(repository);
        Assert.Equal(
            ["files/data.csv", "files/index.html", "output.json", "request.json", "response.md"],
            files.Keys.Select(f => f[Output.Length..]).Order(StringComparer.Ordinal)
        );
        var output = JsonNode.Parse(files[Output + "output.json"])!;
        Assert.Equal(("ok", "lab/a", "MIT"), ((string?)output["status"], (string?)output["model"], (string?)output["license"]));
        Assert.Equal((17, 33), ((int)output["tokens"]!["input"]!, (int)output["tokens"]!["output"]!));
        Assert.Equal(0.000347, (double)output["cost_usd"]!);
        Assert.True((double)output["seconds"]! >= 0);
        var request = JsonNode.Parse(files[Output + "request.json"])!;
        Assert.Equal("user", (string?)request["messages"]![0]!["role"]);
        Assert.Contains("Draw bars, number 1.", (string)request["messages"]![0]!["content"]!, StringComparison.Ordinal);
        Assert.Equal(1000, (int)request["parameters"]!["max_tokens"]!);
        Assert.Equal("x,y\n1,2\n", files[Output + "files/data.csv"]);
        var run = JsonNode.Parse(repository.Read($"benchmarks/runs/{output["run"]}.json"))!;
        Assert.Equal(("finished", false), ((string?)run["status"], (bool)run["dirty"]!));
        Assert.Equal(repository.Git("rev-parse", "HEAD"), (string?)run["commit"]);
        Assert.Equal("concord bench run --samples 1 --concurrency 4", (string?)run["command"]);
        Assert.Equal(1, (int)run["counts"]!["ok"]!);
        Assert.Equal(0.000347, (double)run["cost_usd"]!);
        Assert.Equal(0, (await Findings.OfAsync(repository.Path)).ExitCode);
    }

    [Fact]
    public async Task The_key_is_in_nothing_that_is_written_or_said()
    {
        await using var server = await FakeModelServer.StartAsync();
        using var repository = BenchWorkspace.Create(server, challenges: 3);
        server.Answer = request =>
            request.Text.Contains("number 1", StringComparison.Ordinal) ? FakeAnswer.Reply(request.Answer + FakeModelServer.Key)
            : request.Text.Contains("number 2", StringComparison.Ordinal)
                ? FakeAnswer.Reply("", refusal: $"I refuse {FakeModelServer.Key}")
            : FakeAnswer.Error(400, $$$"""{"error":{"message":"No. {{{FakeModelServer.Key}}}","type":null,"code":null}}""");

        var result = await BenchWorkspace.RunAsync(repository, "--json");
        var plain = await BenchWorkspace.RunAsync(repository);

        Assert.Equal((1, 1), (result.ExitCode, plain.ExitCode));
        foreach (var said in new[] { result.Out, result.Error, plain.Out, plain.Error })
            Assert.DoesNotContain(FakeModelServer.Key, said, StringComparison.Ordinal);
        var files = Directory.EnumerateFiles(repository.Path, "*", SearchOption.AllDirectories).ToArray();
        Assert.Contains(files, f => f.Contains("/concord/replies/", StringComparison.Ordinal));
        foreach (var file in files)
            Assert.DoesNotContain(
                FakeModelServer.Key,
                await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken),
                StringComparison.Ordinal
            );
        Assert.Contains("[key]", repository.Read(Output + "response.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_there_is_not_asked_for_again()
    {
        await using var server = await FakeModelServer.StartAsync();
        using var repository = BenchWorkspace.Create(server, challenges: 2, models: 2);
        await BenchWorkspace.RunAsync(repository, "--challenge", "c1");
        var before = BenchWorkspace.Files(repository);

        var rest = await BenchWorkspace.RunAsync(repository);
        var nothing = await BenchWorkspace.RunAsync(repository);

        Assert.Equal((0, 4), (rest.ExitCode, server.Requests));
        Assert.Equal("Nothing to ask: all 4 outputs are there.\n", nothing.Out);
        var after = BenchWorkspace.Files(repository);
        Assert.All(before, f => Assert.Equal(f.Value, after[f.Key]));
        Assert.Equal(2, BenchWorkspace.Files(repository, "benchmarks/runs").Count);
    }

    [Fact]
    public async Task Samples_have_numbers_and_seeds_of_their_own()
    {
        await using var server = await FakeModelServer.StartAsync();
        using var repository = BenchWorkspace.Create(server);

        await BenchWorkspace.RunAsync(repository, "--samples", "3");

        int Seed(string model) =>
            (int)JsonNode.Parse(repository.Read($"benchmarks/outputs/c1/{model}/request.json"))!["parameters"]!["seed"]!;
        Assert.Equal((7, 8, 9), (Seed("lab/a"), Seed("lab/a@2"), Seed("lab/a@3")));
    }

    [Fact]
    public async Task A_changed_challenge_is_asked_again_and_nothing_of_the_older_reply_stays()
    {
        await using var server = await FakeModelServer.StartAsync();
        using var repository = BenchWorkspace.Create(server);
        server.Answer = request => FakeAnswer.Reply(request.Answer + "\n**old.js**\n\n```js\nold()\n```\n");
        await BenchWorkspace.RunAsync(repository);
        repository.Write(Output + "screenshot.png", "old");
        repository.Write(Output + "render.json", "{}");
        repository.Write(Output + "checks.json", "{\"schema\": 1, \"checks\": []}\n");
        repository.Write("benchmarks/challenges/c1/prompt.md", "Draw other bars.\n");
        server.Answer = request => FakeAnswer.Reply(request.Answer);

        var result = await BenchWorkspace.RunAsync(repository);

        Assert.Equal((0, 2), (result.ExitCode, server.Requests));
        Assert.Equal(
            ["files/data.csv", "files/index.html", "output.json", "request.json", "response.md"],
            BenchWorkspace.Files(repository).Keys.Select(f => f[Output.Length..]).Order(StringComparer.Ordinal)
        );
        Assert.Empty(Directory.EnumerateDirectories(repository["benchmarks/.cache/new"]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_outdated_output_stays_where_asking_again_fails(bool model)
    {
        await using var server = await FakeModelServer.StartAsync();
        using var repository = BenchWorkspace.Create(server);
        await BenchWorkspace.RunAsync(repository);
        var before = BenchWorkspace.Files(repository);
        repository.Write("benchmarks/challenges/c1/prompt.md", "Draw other bars.\n");
        server.Answer = _ => model ? FakeAnswer.Reply("No.") : FakeAnswer.Error(400, "{}");

        var result = await BenchWorkspace.RunAsync(repository);

        Assert.Equal(before, BenchWorkspace.Files(repository));
        Assert.Contains(model ? "The output that is there stays." : "'fake' answered 400", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("length", "The reply was cut off at the limit of tokens (1000).", "cut-at-limit")]
    [InlineData("content_filter", "The model, or a filter before it, refused to answer.", "refused")]
    [InlineData("tool_calls", "The model asked for a tool instead of answering.", "asked-for-tool")]
    public async Task A_models_failure_is_a_result_and_is_not_asked_again(string end, string reason, string word)
    {
        await using var server = await FakeModelServer.StartAsync();
        using var repository = BenchWorkspace.Create(server);
        server.Answer = request => FakeAnswer.Reply(request.Answer, end);

        var result = await BenchWorkspace.RunAsync(repository);
        await BenchWorkspace.RunAsync(repository);

        Assert.Equal((0, 1), (result.ExitCode, server.Requests));
        var output = JsonNode.Parse(repository.Read(Output + "output.json"))!;
        Assert.Equal(("error", reason), ((string?)output["status"], (string?)output["reason"]));
        Assert.False(Directory.Exists(repository[Output + "files"]));
        Assert.Contains(word, result.Out, StringComparison.Ordinal);
        var list = await CommandLine.RunAsync(repository.Path, "bench", "list");
        Assert.Contains(reason, list.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_reply_leaves_nothing_behind_and_is_asked_again()
    {
        await using var server = await FakeModelServer.StartAsync();
        using var repository = BenchWorkspace.Create(server);
        server.Answer = request =>
            request.Number == 1 ? FakeAnswer.Error(400, """{"error":{"message":"Bad."}}""") : FakeAnswer.Reply(request.Answer);

        var failed = await BenchWorkspace.RunAsync(repository);

        Assert.Equal(1, failed.ExitCode);
        Assert.Empty(BenchWorkspace.Files(repository));
        Assert.Contains(
            "[1/1] c1 by lab/a: no reply. 'fake' answered 400: Bad. Check the model's parameters",
            failed.Error,
            StringComparison.Ordinal
        );
        Assert.Contains("The same command asks for the rest.", failed.Out, StringComparison.Ordinal);
        Assert.Equal(0, (await BenchWorkspace.RunAsync(repository)).ExitCode);
    }

    [Fact]
    public async Task Once_the_quota_is_used_up_nobody_is_asked_any_more()
    {
        await using var server = await FakeModelServer.StartAsync();
        using var repository = BenchWorkspace.Create(server, challenges: 20);
        server.Answer = _ =>
            FakeAnswer.Error(429, """{"error":{"message":"Used up.","type":"insufficient_quota","code":"insufficient_quota"}}""");

        var result = await BenchWorkspace.RunAsync(repository, "--concurrency", "2");

        Assert.Equal(1, result.ExitCode);
        Assert.InRange(server.Requests, 1, 2);
        Assert.Contains("20  out-of-quota", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_fails_five_times_in_a_row_is_left()
    {
        await using var server = await FakeModelServer.StartAsync();
        using var repository = BenchWorkspace.Create(server, challenges: 20);
        server.Answer = _ => FakeAnswer.Error(400, "{}");

        var result = await BenchWorkspace.RunAsync(repository, "--concurrency", "1");

        Assert.Equal(5, server.Requests);
        Assert.Contains("5 outputs in a row got no reply", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kept_replies_are_taken_unless_told_otherwise_and_make_the_same_bytes()
    {
        await using var server = await FakeModelServer.StartAsync();
        using var repository = BenchWorkspace.Create(server, challenges: 2);
        await BenchWorkspace.RunAsync(repository, "--challenge", "c1");
        var before = BenchWorkspace.Files(repository);
        Directory.Delete(repository["benchmarks/outputs"], recursive: true);

        var kept = await BenchWorkspace.RunAsync(repository, "--cached-only");

        Assert.Equal((1, 1), (kept.ExitCode, server.Requests));
        Assert.Contains("not-cached", kept.Out, StringComparison.Ordinal);
        var after = BenchWorkspace.Files(repository);
        Assert.Equal(before.Keys.Order(), after.Keys.Order());
        Assert.All(
            before.Where(f => !f.Key.EndsWith("/output.json", StringComparison.Ordinal)),
            f => Assert.Equal(f.Value, after[f.Key])
        );
        Assert.Equal(Line(before, "cost_usd"), Line(after, "cost_usd"));
        Assert.Equal(Line(before, "started_at"), Line(after, "started_at"));
        Directory.Delete(repository["benchmarks/outputs"], recursive: true);
        Assert.Equal(0, (await BenchWorkspace.RunAsync(repository, "--no-cache")).ExitCode);
        Assert.Equal(3, server.Requests);

        static string Line(Dictionary<string, string> files, string key) =>
            files[Output + "output.json"].Split('\n').Single(l => l.Contains(key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_damaged_kept_reply_is_asked_for_again()
    {
        await using var server = await FakeModelServer.StartAsync();
        using var repository = BenchWorkspace.Create(server);
        await BenchWorkspace.RunAsync(repository);
        var kept = Directory.EnumerateFiles(repository[".git/concord/replies"]).Single();
        await File.WriteAllTextAsync(
            kept,
            (await File.ReadAllTextAsync(kept, TestContext.Current.CancellationToken)).Replace(
                "doctype",
                "doctypo",
                StringComparison.Ordinal
            ),
            TestContext.Current.CancellationToken
        );
        Directory.Delete(repository["benchmarks/outputs"], recursive: true);

        await BenchWorkspace.RunAsync(repository);

        Assert.Equal(2, server.Requests);
        Assert.DoesNotContain("doctypo", repository.Read(Output + "response.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limit_on_cost_is_not_exceeded_and_what_fits_is_asked()
    {
        await using var server = await FakeModelServer.StartAsync();
        // At most 1000 tokens at $10 a million: one cent and the input; what comes costs 33 tokens.
        using var repository = BenchWorkspace.Create(server, challenges: 40);

        var result = await BenchWorkspace.RunAsync(repository, "--max-cost", "0.0125", "--concurrency", "8");

        Assert.Equal(1, result.ExitCode);
        var run = JsonNode.Parse(BenchWorkspace.Files(repository, "benchmarks/runs").Values.Single())!;
        Assert.InRange((double)run["cost_usd"]!, 0.0001, 0.0125);
        Assert.InRange(server.Requests, 3, 10);
        Assert.Contains("max-cost", result.Out, StringComparison.Ordinal);
        Assert.Equal(server.Requests, (int)run["counts"]!["ok"]!);
    }

    [Fact]
    public async Task Requests_in_flight_count_for_the_limit_even_where_they_cost_all_they_may()
    {
        await using var server = await FakeModelServer.StartAsync(Vendor.OpenRouter);
        using var repository = BenchWorkspace.Create(server, challenges: 20);
        // About what is reserved for each: a thousand tokens at ten dollars a million, and the prompt.
        server.Answer = request => FakeAnswer.Reply(request.Answer, cost: 0.0102, delayMs: 30);

        await BenchWorkspace.RunAsync(repository, "--max-cost", "0.05", "--concurrency", "16");

        Assert.Equal(4, server.Requests);
    }

    [Fact]
    public async Task A_limit_on_cost_needs_prices()
    {
        await using var server = await FakeModelServer.StartAsync();
        using var repository = BenchWorkspace.Create(server, modelKeys: "system: null");

        var result = await BenchWorkspace.RunAsync(repository, "--max-cost", "1");

        Assert.Equal((2, 0), (result.ExitCode, server.Requests));
        Assert.Contains("no price is written for lab/a", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_asks_nobody_and_writes_nothing()
    {
        await using var server = await FakeModelServer.StartAsync();
        using var repository = BenchWorkspace.Create(server, challenges: 2, models: 2);

        var result = await BenchWorkspace.RunAsync(repository, "--dry-run", "--samples", "2");

        Assert.Equal((0, 0), (result.ExitCode, server.Requests));
        Assert.StartsWith(
            "8 of 8 outputs would be asked for, at a cost of $0.08",
            result.Out.Split('\n')[^2],
            StringComparison.Ordinal
        );
        Assert.Equal("", repository.Git("status", "--porcelain", "--ignored"));
    }

    [Fact]
    public async Task Protected_files_stay_and_the_system_prompt_is_sent()
    {
        await using var server = await FakeModelServer.StartAsync();
        using var repository = BenchWorkspace.Create(server, modelKeys: "system: prompts/brief.md");
        repository.Write("benchmarks/prompts/brief.md", "Be brief.\n");
        server.Answer = request => FakeAnswer.Reply(request.Answer + "\n**DATA.csv**\n\n```csv\nfalse\n```\n");

        var result = await BenchWorkspace.RunAsync(repository);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal("x,y\n1,2\n", repository.Read(Output + "files/data.csv"));
        Assert.False(File.Exists(repository[Output + "files/DATA.csv"]));
        var messages = JsonNode.Parse(repository.Read(Output + "request.json"))!["messages"]!;
        Assert.Equal(("system", "Be brief.\n"), ((string?)messages[0]!["role"], (string?)messages[0]!["content"]));
        Assert.True((bool)JsonNode.Parse(BenchWorkspace.Files(repository, "benchmarks/runs").Values.Single())!["dirty"]!);
    }

    [Fact]
    public async Task Outputs_that_no_run_made_are_left_alone()
    {
        await using var server = await FakeModelServer.StartAsync();
        using var repository = BenchWorkspace.Create(server, models: 2);
        repository.Write(Output + "files/index.html", "by hand");

        await BenchWorkspace.RunAsync(repository);

        Assert.Equal("by hand", repository.Read(Output + "files/index.html"));
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task What_an_interrupted_replacement_put_aside_is_put_back()
    {
        await using var server = await FakeModelServer.StartAsync();
        using var repository = BenchWorkspace.Create(server);
        await BenchWorkspace.RunAsync(repository);
        var before = BenchWorkspace.Files(repository);
        Directory.CreateDirectory(repository["benchmarks/.cache/replaced/c1/lab"]);
        Directory.Move(repository["benchmarks/outputs/c1/lab/a"], repository["benchmarks/.cache/replaced/c1/lab/a"]);

        var result = await BenchWorkspace.RunAsync(repository);

        Assert.Equal("Nothing to ask: the one output is there.\n", result.Out);
        Assert.Equal(before, BenchWorkspace.Files(repository));
    }

    [Fact]
    public async Task What_was_put_aside_of_a_challenge_called_files_is_put_back()
    {
        await using var server = await FakeModelServer.StartAsync();
        using var repository = BenchWorkspace.Create(server);
        Directory.Move(repository["benchmarks/challenges/c1"], repository["benchmarks/challenges/files"]);
        await BenchWorkspace.RunAsync(repository);
        Directory.CreateDirectory(repository["benchmarks/.cache/replaced/files/lab"]);
        Directory.Move(repository["benchmarks/outputs/files/lab/a"], repository["benchmarks/.cache/replaced/files/lab/a"]);

        var result = await BenchWorkspace.RunAsync(repository);

        Assert.Equal("Nothing to ask: the one output is there.\n", result.Out);
        Assert.True(File.Exists(repository["benchmarks/outputs/files/lab/a/output.json"]));
        Assert.Equal(1, server.Requests);
    }

    [Theory]
    [InlineData("benchmarks/.cache")]
    [InlineData("benchmarks/runs")]
    [InlineData("benchmarks/outputs/c1")]
    public async Task Nothing_is_written_through_a_link(string place)
    {
        await using var server = await FakeModelServer.StartAsync();
        using var repository = BenchWorkspace.Create(server);
        using var elsewhere = new TempFolder();
        elsewhere.Write("replaced/c1/lab/a/output.json", "{}");
        Directory.CreateDirectory(Path.GetDirectoryName(repository[place])!);
        Directory.CreateSymbolicLink(repository[place], elsewhere.Path);

        var result = await BenchWorkspace.RunAsync(repository);

        Assert.Equal((2, 0), (result.ExitCode, server.Requests));
        Assert.Contains("This leads through a link", result.Error, StringComparison.Ordinal);
        Assert.Single(Directory.EnumerateFiles(elsewhere.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_key_is_not_sent_unencrypted_to_another_machine()
    {
        await using var server = await FakeModelServer.StartAsync();
        using var repository = BenchWorkspace.Create(server);
        repository.Write(
            "benchmarks/benchmark.yaml",
            repository.Read("benchmarks/benchmark.yaml").Replace(server.BaseUrl, "http://192.0.2.1/v1", StringComparison.Ordinal)
        );

        var result = await BenchWorkspace.RunAsync(repository);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("The key of 'fake' would be sent unencrypted", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_runs_at_once_leave_whole_outputs()
    {
        await using var server = await FakeModelServer.StartAsync();
        using var repository = BenchWorkspace.Create(server, challenges: 6, models: 2);

        var results = await Task.WhenAll(
            Enumerable.Range(0, 3).Select(_ => ConcordProcess.RunAsync(repository.Path, "bench", "run"))
        );

        Assert.All(results, r => Assert.True(r.ExitCode == 0, r.Error));
        Assert.Equal(12 * 5, BenchWorkspace.Files(repository).Count);
        Assert.Empty(Directory.EnumerateFileSystemEntries(repository["benchmarks/.cache/new"]));
        Assert.Equal(0, (await Findings.OfAsync(repository.Path)).ExitCode);
    }

    [Fact]
    public async Task An_interruption_ends_the_run_and_says_so_in_its_manifest()
    {
        await using var server = await FakeModelServer.StartAsync();
        using var repository = BenchWorkspace.Create(server, challenges: 2);
        server.Answer = request =>
            request.Text.Contains("number 1", StringComparison.Ordinal) ? FakeAnswer.Reply(request.Answer) : FakeAnswer.Silence();
        using var process = ConcordProcess.Start(repository.Path, [], ["dotnet", ConcordProcess.Program, "bench", "run"]);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        while (!File.Exists(repository[Output + "output.json"]) || server.Requests < 2)
            await Task.Delay(10, TestContext.Current.CancellationToken);

        using var kill = System.Diagnostics.Process.Start("kill", ["-INT", $"{process.Id}"]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 130, $"{process.ExitCode}: {await error}");
        Assert.Contains("Interrupted; nothing was left half-written.", await error, StringComparison.Ordinal);
        var run = JsonNode.Parse(BenchWorkspace.Files(repository, "benchmarks/runs").Values.Single())!;
        Assert.Equal(("interrupted", 1), ((string?)run["status"], (int)run["counts"]!["ok"]!));
    }

    [Theory]
    [InlineData("--models", "lab/x", "benchmark.yaml lists no model 'lab/x'.")]
    [InlineData("--challenge", "c9", "There is no challenge 'c9'.")]
    [InlineData("--shard", "4/3", "'4/3' is no shard.")]
    [InlineData("--max-cost", "cheap", "--max-cost takes US dollars, such as 2.50; 'cheap' is none.")]
    [InlineData("--samples", "0", "--samples takes a whole number from 1 to 1000; '0' is none.")]
    public async Task What_cannot_be_asked_is_said_before_anybody_is(string option, string value, string what)
    {
        await using var server = await FakeModelServer.StartAsync();
        using var repository = BenchWorkspace.Create(server);

        var result = await BenchWorkspace.RunAsync(repository, option, value);

        Assert.Equal((2, 0), (result.ExitCode, server.Requests));
        Assert.Contains(what, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_not_set_is_named_by_its_variable()
    {
        await using var server = await FakeModelServer.StartAsync();
        using var repository = BenchWorkspace.Create(server);
        repository.Write(
            "benchmarks/benchmark.yaml",
            repository
                .Read("benchmarks/benchmark.yaml")
                .Replace(FakeModelServer.KeyName, "CONCORD_NOT_SET", StringComparison.Ordinal)
        );

        var result = await BenchWorkspace.RunAsync(repository);

        Assert.Equal((2, 0), (result.ExitCode, server.Requests));
        Assert.Contains(
            "The provider 'fake' needs a key, and the environment variable CONCORD_NOT_SET is not set. Set CONCORD_NOT_SET to your key.",
            result.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_list_says_how_every_output_stands()
    {
        await using var server = await FakeModelServer.StartAsync();
        using var repository = BenchWorkspace.Create(server, challenges: 2, models: 2);
        await BenchWorkspace.RunAsync(repository, "--challenge", "c1", "--models", "lab/a", "--samples", "2");
        repository.Write("benchmarks/challenges/c1/prompt.md", "Draw other bars.\n");
        repository.Write("benchmarks/outputs/c2/lab/b/files/index.html", "by hand");

        var result = await CommandLine.RunAsync(repository.Path, "bench", "list");

        Assert.Equal(0, result.ExitCode);
        Assert.EndsWith("5 outputs: 2 missing, 2 outdated, 1 there, not by a run.\n", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(" \n", "The challenge has no prompt.")]
    [InlineData("# c1\n\nDescribe the task here, exactly as models shall read it.\n", "The prompt is still as")]
    public async Task Nobody_is_asked_for_what_nobody_has_written(string prompt, string what)
    {
        await using var server = await FakeModelServer.StartAsync();
        using var repository = BenchWorkspace.Create(server, challenges: 2);
        repository.Write("benchmarks/challenges/c1/prompt.md", prompt);

        var result = await BenchWorkspace.RunAsync(repository);

        Assert.Equal((2, 0), (result.ExitCode, server.Requests));
        Assert.StartsWith($"benchmarks/challenges/c1/prompt.md: {what}", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_challenges_prompt_is_one_that_nobody_has_written()
    {
        await using var server = await FakeModelServer.StartAsync();
        using var repository = BenchWorkspace.Create(server);
        Assert.Equal(0, (await CommandLine.RunAsync(repository.Path, "challenge", "add", "new")).ExitCode);

        var all = await BenchWorkspace.RunAsync(repository, "--dry-run");
        var other = await BenchWorkspace.RunAsync(repository, "--dry-run", "--challenge", "c1");

        Assert.Equal((2, 0), (all.ExitCode, other.ExitCode));
    }

    [Fact]
    public async Task Where_nothing_fits_the_limit_the_same_command_is_not_recommended()
    {
        await using var server = await FakeModelServer.StartAsync();
        using var repository = BenchWorkspace.Create(server);

        var result = await BenchWorkspace.RunAsync(repository, "--max-cost", "0.001");

        Assert.Equal((1, 0), (result.ExitCode, server.Requests));
        Assert.EndsWith(" The rest needs a higher --max-cost.\n", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("price: {input: 1, output: 10}", "at a cost of $0.01")]
    [InlineData("system: null", "at a cost that is not known: it is of models without a 'price' in benchmark.yaml. ")]
    public async Task A_dry_run_says_what_it_knows_of_the_cost(string keys, string cost)
    {
        await using var server = await FakeModelServer.StartAsync();
        using var repository = BenchWorkspace.Create(server, modelKeys: keys);

        var result = await BenchWorkspace.RunAsync(repository, "--dry-run");

        Assert.Contains($"1 of 1 output would be asked for, {cost}", result.Out, StringComparison.Ordinal);
    }
}
