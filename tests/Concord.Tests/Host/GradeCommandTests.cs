using System.Text;
using System.Text.Json.Nodes;
using Concord.App;
using Concord.Tests.Support;

namespace Concord.Tests.Host;

public sealed class GradeCommandTests
{
    [Fact]
    public async Task A_list_of_graders_that_cannot_be_read_is_said_and_not_taken_for_an_empty_one()
    {
        using var repository = TestWorkspace.Create();
        await File.WriteAllTextAsync(
            Path.Combine(repository.Path, "benchmarks", "graders.yaml"),
            "- {id: ada\n    role: lead}\n",
            TestContext.Current.CancellationToken
        );

        var result = await CommandLine.RunAsync(repository.Path, "grade", "--grader", "ada", "--no-browser");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("benchmarks/graders.yaml", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Nobody has graded", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_grader_is_not_taken_in_silence()
    {
        using var repository = HostedSession.Workspace();

        var result = await CommandLine.RunAsync(repository.Path, "grade", "--no-browser", "--grader", "addda");
        var named = await CommandLine.RunAsync(repository.Path, "grade", "--no-browser");

        Assert.Equal((2, 2), (result.ExitCode, named.ExitCode));
        Assert.Contains("concord grade --grader addda --new-grader", result.Error, StringComparison.Ordinal);
        Assert.Contains("concord grade --grader ada-sample --new-grader", named.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(repository[".git/concord/grading"]));
    }

    [Theory]
    [InlineData("n\n", 2)]
    [InlineData("", 2)]
    [InlineData("y\n", 0)]
    public async Task On_a_terminal_a_new_grader_is_asked_for(string answer, int exitCode)
    {
        using var repository = HostedSession.Workspace();

        var result = await RunAsync(repository, answer, "grade", "--no-browser", "--grader", "nora", "--port", "0");

        Assert.True(result.ExitCode == exitCode, result.Error);
        Assert.Contains("Nobody has graded here as 'nora' yet", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_end_tells_what_was_graded_and_the_token_stands_in_the_address_alone()
    {
        using var repository = HostedSession.Workspace();

        var result = await RunAsync(repository, "", "grade", "--no-browser", "--grader", "ben", "--port", "0");

        Assert.Equal(0, result.ExitCode);
        var address = result.Out.Split('\n')[0];
        Assert.Matches(@"^Grading as ben, session ben-\S+: http://127\.0\.0\.1:[0-9]+/\?token=\S{43}$", address);
        Assert.Contains("Of 2 outputs, 1 graded, 0 flagged, 0 skipped.", result.Out, StringComparison.Ordinal);
        // The one is of an earlier session: there is nothing to hand in of this.
        Assert.DoesNotContain("hand them in", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(address[^43..], result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(address[^43..], result.Out[address.Length..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lead_who_decides_is_told_of_decisions()
    {
        using var repository = HostedSession.Workspace();
        repository.Write("benchmarks/graders.yaml", "- {id: ada, role: lead}\n- id: ben\n");

        var result = await RunAsync(repository, "", "grade", "--no-browser", "--adjudicate", "--grader", "ada", "--port", "0");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains(" 0 decided.", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("skipped", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("git merge grading/ada-")]
    [InlineData("The grades are in grades/, for you to commit.", "--no-commit")]
    public async Task After_grading_the_end_says_how_to_hand_that_in(string words, params string[] more)
    {
        using var repository = HostedSession.Workspace();

        var result = await RunAsync(
            repository,
            "",
            ["grade", "--no-browser", "--grader", "ada", "--port", "0", .. more],
            GradeFirstAsync
        );

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Of 2 outputs, 1 graded, 0 flagged, 0 skipped.", result.Out, StringComparison.Ordinal);
        Assert.Contains(words, result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_remote_the_end_names_the_command_that_hands_in()
    {
        using var repository = HostedSession.Workspace();
        using var remote = new TempFolder();
        repository.Git("remote", "add", "origin", remote.Path);

        var result = await RunAsync(repository, "", ["grade", "--no-browser", "--grader", "ada", "--port", "0"], GradeFirstAsync);

        Assert.Contains("They are on the branch grading/ada-", result.Out, StringComparison.Ordinal);
        Assert.Contains("To hand them in: concord submit --grader ada", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_lets_other_machines_in_is_warned_and_the_token_is_not_repeated()
    {
        using var repository = HostedSession.Workspace();
        const string token = "a-token-of-the-graders-own";

        var result = await RunAsync(
            repository,
            "",
            ["grade", "--no-browser", "--grader", "ben", "--port", "0", "--allow-remote", "--token", token]
        );

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("Warning: other machines may come in too", result.Error, StringComparison.Ordinal);
        Assert.Contains("Nothing is encrypted", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(token, result.Error, StringComparison.Ordinal);
        Assert.EndsWith($"/?token={token}", result.Out.Split('\n')[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("is no lead", "--adjudicate", "--grader", "ben")]
    [InlineData("give one of them", "--adjudicate", "--review")]
    [InlineData("go together", "--allow-remote")]
    [InlineData("go together", "--token", "aaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("16 or more", "--allow-remote", "--token", "short")]
    [InlineData("65535", "--port", "70000")]
    [InlineData("There is no challenge 'barz'", "--challenge", "barz", "--grader", "ada")]
    public async Task What_cannot_be_is_said_and_nothing_is_served(string words, params string[] arguments)
    {
        using var repository = HostedSession.Workspace();

        var result = await CommandLine.RunAsync(repository.Path, ["grade", "--no-browser", .. arguments]);

        Assert.Equal((2, ""), (result.ExitCode, result.Out));
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
    }

    private static async Task GradeFirstAsync(string address)
    {
        var token = TestContext.Current.CancellationToken;
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new(address) };
        using var page = await client.GetAsync(new Uri(address), token);
        var session = JsonNode.Parse(await client.GetStringAsync(new Uri("/api/session", UriKind.Relative), token))!;
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/items/{session["next"]}/grade");
        request.Headers.TryAddWithoutValidation("Origin", new Uri(address).GetLeftPart(UriPartial.Authority));
        request.Content = new StringContent(HostedSession.Grade().ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(request, token);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(token));
    }

    private static Task<CommandResult> RunAsync(TestRepository repository, string input, params string[] arguments) =>
        RunAsync(repository, input, arguments, _ => Task.CompletedTask);

    /// <summary>At a terminal, with Ctrl+C as soon as the page is there and was used.</summary>
    private static async Task<CommandResult> RunAsync(
        TestRepository repository,
        string input,
        string[] arguments,
        Func<string, Task> use
    )
    {
        using var interrupted = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(input));
        var terminal = new Terminal
        {
            Out = TextWriter.Synchronized(output),
            Error = TextWriter.Synchronized(error),
            Input = stream,
            Folder = repository.Path,
            CanAsk = true,
        };
        var run = ConcordCli.RunAsync(arguments, terminal, interrupted.Token);
        while (!run.IsCompleted && !error.ToString().Contains("Ctrl+C", StringComparison.Ordinal))
            await Task.Delay(20, TestContext.Current.CancellationToken);
        if (!run.IsCompleted)
            await use(output.ToString().Split('\n')[0].Split(": ", 2)[1]);
        await interrupted.CancelAsync();
        return new(await run, output.ToString(), error.ToString());
    }
}
