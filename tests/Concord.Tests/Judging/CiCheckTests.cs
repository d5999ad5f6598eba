using System.Text.Json.Nodes;
using Concord.Pipeline.GitHub;
using Concord.Pipeline.Judging;
using Concord.Tests.Support;

namespace Concord.Tests.Judging;

/// <summary>Pull requests as they should be.</summary>
public sealed class CiCheckTests
{
    private const string Cleo = "grades/cleo-2026-11-03.csv";
    private const string Auto = "merge: auto\n";

    [Fact]
    public async Task Own_grades_pass_and_the_comment_says_what_they_move()
    {
        using var repository = new JudgedRepository();
        repository.Files.Write(Cleo, JudgedRepository.Grades("1,4", "3,3", "5,5"));
        repository.Propose("cleo");

        var judged = await repository.JudgeAsync("cleo-gh");

        Assert.Equal((0, "passed"), (judged.ExitCode, (string)judged.Result["verdict"]!));
        Assert.Equal("### ✅ 9 new grades by cleo: good to merge", judged.FirstLine);
        Assert.Equal(["grades", "needs-another-grader"], judged.Labels);
        Assert.Equal(["benchmark.yaml of the base does not say 'merge: auto'"], judged.Against);
        Golden.Equal("judging/comment-passed.md", Neutral(repository, judged.Comment));
    }

    [Fact]
    public async Task What_is_said_of_before_and_after_is_what_consensus_says_of_base_and_merge()
    {
        using var repository = new JudgedRepository();
        repository.Files.Write(Cleo, JudgedRepository.Grades("1,4", "3,3", "5,5", challenges: 2));
        repository.Propose("cleo");
        // The base has gone on: what others merged meanwhile is not this pull request's doing.
        repository.Files.Git("checkout", "-q", "main");
        repository.Files.Write("grades/ben-2026-11-04.csv", JudgedRepository.Grades("1,1", "1,1", "1,1", challenges: 1));
        repository.Files.Commit("grade: 3 outputs", "ben", "ben@concord.example");
        repository.Files.Git("checkout", "-q", "topic");

        var judged = await repository.JudgeAsync("cleo-gh");

        repository.Files.Git("merge", "-q", "--no-edit", "topic");
        var (before, after) = (await ConsensusAsync(repository, "HEAD~"), await ConsensusAsync(repository, "HEAD"));
        foreach (var agreement in judged.Result["effect"]!["agreement"]!.AsArray())
        {
            var criterion = (string)agreement!["criterion"]!;
            Assert.Equal(Alpha(before, criterion, "value"), (double?)agreement["before"]);
            Assert.Equal(Alpha(after, criterion, "value"), (double?)agreement["after"]);
            Assert.Equal(Alpha(after, criterion, "ci_low"), (double?)agreement["ci_low"]);
            Assert.Equal(Alpha(after, criterion, "ci_high"), (double?)agreement["ci_high"]);
        }
        var moves = judged.Result["outputs"]!.AsArray();
        Assert.NotEmpty(moves);
        foreach (var output in after["results"]!.AsArray())
        {
            var then = before["results"]!.AsArray().Single(r => Key(r!) == Key(output!))!;
            if (moves.SingleOrDefault(m => Key(m!) == Key(output!)) is { } move)
            {
                Assert.Equal((double?)then["overall"], (double?)move["overall_before"]);
                Assert.Equal((double?)output!["overall"], (double?)move["overall_after"]);
                Assert.Equal((int?)then["rank"], (int?)move["rank_before"]);
                Assert.Equal((int?)output["rank"], (int?)move["rank_after"]);
            }
            else
                Assert.Equal(then.ToJsonString(), output!.ToJsonString());
        }
    }

    [Fact]
    public async Task The_largest_moves_come_first()
    {
        using var repository = new JudgedRepository();
        repository.Files.Write("grades/ben-2026-11-02.csv", JudgedRepository.Grades("0,0", "2,3", "5,4"));
        repository.Propose("ben");

        var judged = await repository.JudgeAsync("ben-gh");

        double[] sizes = [.. judged.Result["outputs"]!.AsArray().Select(m => (double)m!["move"]!)];
        Assert.Equal(sizes.OrderDescending(), sizes);
        Assert.True(sizes[0] > sizes[^1], string.Join(" ", sizes));
    }

    [Theory]
    [InlineData("cleo-gh")]
    [InlineData("CLEO-gh")]
    public async Task Where_the_base_says_so_own_grades_are_merged_without_a_person(string author)
    {
        using var repository = new JudgedRepository(Auto);
        repository.Files.Write(Cleo, JudgedRepository.Grades("4,4", "3,3", "4,4"));
        repository.Propose("cleo");

        var judged = await repository.JudgeAsync(author);

        Assert.Equal((0, true), (judged.ExitCode, judged.IsMerged));
        Assert.Contains("CI merges it.", judged.Comment, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Grades_that_replace_others_wait_for_a_person()
    {
        using var repository = new JudgedRepository(Auto);
        repository.Files.Write("grades/ben-2026-11-02.csv", JudgedRepository.Grades("4,4", "3,3", "4,4"));
        repository.Propose("ben");

        var judged = await repository.JudgeAsync("ben-gh");

        Assert.Equal((0, false), (judged.ExitCode, judged.IsMerged));
        Assert.Equal(["it adds no grades", "it changes or removes grades that are there"], judged.Against);
    }

    [Fact]
    public async Task Anything_beside_own_grades_waits_for_a_person()
    {
        using var repository = new JudgedRepository(Auto);
        repository.Files.Write(Cleo, JudgedRepository.Grades("4,4", "3,3", "4,4"));
        repository.Files.Write("benchmarks/challenges/bars/guidelines.md", "A 5 is perfect.\n");
        repository.Propose("cleo");

        var judged = await repository.JudgeAsync("cleo-gh");

        Assert.Equal((0, false), (judged.ExitCode, judged.IsMerged));
        Assert.Equal(["it changes more than its author's grade files"], judged.Against);
    }

    [Fact]
    public async Task The_login_says_who_it_is_and_not_the_address_of_a_commit()
    {
        using var repository = new JudgedRepository(Auto);
        repository.Files.Write(Cleo, JudgedRepository.Grades("4,4", "3,3", "4,4"));
        repository.Propose("cleo-at-home");

        Assert.True((await repository.JudgeAsync("cleo-gh")).IsMerged);
    }

    [Fact]
    public async Task Somebody_new_adds_the_own_entry_and_grades_and_a_person_merges()
    {
        using var repository = new JudgedRepository(Auto);
        repository.Files.Write(
            "benchmarks/graders.yaml",
            JudgedRepository.Graders + "- {id: dan, name: Sample D, emails: [dan@concord.example], github: dan-gh}\n"
        );
        repository.Files.Write("grades/dan-2026-11-03.csv", JudgedRepository.Grades("4,4", "3,3", "4,4"));
        repository.Propose("dan");

        var judged = await repository.JudgeAsync("dan-gh");

        Assert.Equal((0, false), (judged.ExitCode, judged.IsMerged));
        Assert.Empty(judged.Rules("warning"));
        Assert.Contains("its author has no entry in graders.yaml of the base", judged.Against);
    }

    [Theory]
    [InlineData("")]
    [InlineData("- {id: dan, github: dan-gh}\n")]
    public async Task What_the_base_has_added_since_is_not_taken_for_removed(string entry)
    {
        using var repository = new JudgedRepository();
        repository.Files.Write("benchmarks/graders.yaml", JudgedRepository.Graders + entry);
        repository.Files.Write("benchmarks/challenges/bars/guidelines.md", "A 5 is perfect.\n");
        repository.Propose("dan");
        repository.Files.Git("checkout", "-q", "main");
        repository.Files.Write("benchmarks/graders.yaml", JudgedRepository.Graders + "- {id: eve, github: eve-gh}\n");
        repository.Files.Commit("somebody else");

        var judged = await repository.JudgeAsync("dan-gh");

        Assert.Equal(0, judged.ExitCode);
        Assert.Equal(entry.Length == 0 ? [] : ["changed-twice"], judged.Rules("warning"));
    }

    [Fact]
    public async Task A_lead_imports_the_grades_of_others()
    {
        using var repository = new JudgedRepository(Auto);
        repository.Files.Write(Cleo, JudgedRepository.Grades("4,4", "3,3", "4,4"));
        repository.Propose("ada", "import\n\nImported-by: ada");

        Assert.Equal(0, (await repository.JudgeAsync("ada-gh")).ExitCode);
        (await repository.JudgeAsync("ben-gh")).IsRefused("foreign-file");
    }

    [Fact]
    public async Task Without_a_known_author_addresses_are_compared_and_nothing_is_merged()
    {
        using var repository = new JudgedRepository(Auto);
        repository.Files.Write(Cleo, JudgedRepository.Grades("4,4", "3,3", "4,4"));
        repository.Propose("cleo");

        var judged = await repository.JudgeAsync(null);

        Assert.Equal((0, false), (judged.ExitCode, judged.IsMerged));
        Assert.Contains("its author is not known", judged.Against);
        Assert.Equal(["no-author"], judged.Rules("warning"));
        Assert.Equal("### ⚠️ 9 new grades by cleo: good, after a look at 1 warning", judged.FirstLine);
    }

    [Fact]
    public async Task A_warning_that_the_base_has_already_is_not_told_again()
    {
        using var repository = new JudgedRepository();
        repository.Files.Git("checkout", "-q", "main");
        repository.Files.Write(
            "grades/ben-2026-11-01.csv",
            TestWorkspace.Header + "bars,lab/one,000000000000,4,4,graded,,2026-11-01T09:00:00Z,30\n"
        );
        repository.Files.Commit("an earlier form");
        repository.Files.Git("checkout", "-q", "-B", "topic");
        repository.Files.Write(Cleo, JudgedRepository.Grades("4,4", "3,3", "4,4"));
        repository.Propose("cleo");

        Assert.Empty((await repository.JudgeAsync("cleo-gh")).Rules("warning"));
    }

    [Fact]
    public async Task A_base_with_errors_refuses_nobody_and_says_that_nothing_was_computed()
    {
        using var repository = new JudgedRepository(Auto);
        repository.Files.Git("checkout", "-q", "main");
        repository.Files.Write("grades/ben-2026-11-01.csv", "no grade file\n");
        repository.Files.Commit("broken");
        repository.Files.Git("checkout", "-q", "-B", "topic");
        repository.Files.Write(Cleo, JudgedRepository.Grades("4,4", "3,3", "4,4"));
        repository.Propose("cleo");

        var judged = await repository.JudgeAsync("cleo-gh");

        Assert.Equal((0, false), (judged.ExitCode, judged.IsMerged));
        Assert.Contains("The base has", judged.Comment, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_adds_a_grader_is_told_that_CODEOWNERS_is_behind_and_who_comes_later_is_not()
    {
        using var repository = new JudgedRepository();
        repository.Files.Git("checkout", "-q", "main");
        await CommandLine.RunAsync(repository.Files.Path, "doctor", "--fix");
        repository.Files.Commit("reviews");
        repository.Files.Git("checkout", "-q", "-B", "topic");
        repository.Files.Write(
            "benchmarks/graders.yaml",
            JudgedRepository.Graders + "- {id: dan, name: Sample D, emails: [dan@concord.example], github: dan-gh}\n"
        );
        repository.Propose("dan");
        var adds = await repository.JudgeAsync("dan-gh");

        repository.Files.Git("merge", "-q", "--no-ff", "-m", "Merge", "topic");
        repository.Files.Git("checkout", "-q", "-B", "topic");
        repository.Files.Write(Cleo, JudgedRepository.Grades("4,4", "3,3", "4,4"));
        repository.Propose("cleo");
        var later = await repository.JudgeAsync("cleo-gh");
        // Mended on the base alone, after the pull request began.
        await CommandLine.RunAsync(repository.Files.Path, "doctor", "--fix");
        repository.Files.Commit("reviews of one more");
        var beside = await repository.JudgeAsync("cleo-gh");

        Assert.Equal(0, adds.ExitCode);
        Assert.Contains("codeowners-behind", adds.Rules("warning"));
        Assert.Contains("'concord doctor --fix'", adds.Comment, StringComparison.Ordinal);
        Assert.DoesNotContain("codeowners-behind", later.Rules("warning"));
        Assert.DoesNotContain("codeowners-behind", beside.Rules("warning"));
    }

    [Theory]
    [InlineData("main", true)]
    [InlineData("draft-rubric", false)]
    public async Task Only_into_the_default_branch_a_pull_request_is_merged_by_rule(string into, bool merged)
    {
        using var repository = new JudgedRepository(Auto);
        repository.Files.Write(Cleo, JudgedRepository.Grades("4,4", "3,3", "4,4"));
        var head = repository.Propose("cleo");
        using var folder = new TempFolder();
        folder.Write(
            "event.json",
            $$"""
            {"number": 7, "repository": {"full_name": "acme/bench", "default_branch": "main"}, "pull_request": {"number": 7,
              "draft": false, "user": {"login": "cleo-gh"}, "base": {"ref": "{{into}}", "sha": "{{repository.Files.Git(
                "rev-parse",
                "main"
            )}}"},
              "head": {"sha": "{{head}}", "repo": {"full_name": "cleo-gh/bench"} } } }
            """
        );

        var judged = await repository.JudgeAsync(null, "--event", folder["event.json"]);

        Assert.Equal((0, merged), (judged.ExitCode, judged.IsMerged));
        Assert.Equal(merged ? [] : ["it is for another branch than the default one"], judged.Against);
    }

    [Theory]
    [InlineData("main", "main", false)]
    [InlineData("draft-rubric", "main", true)]
    [InlineData("main", null, true)]
    public void Which_branch_it_is_for_GitHub_says_to_what_merges(string into, string? usual, bool isAnother)
    {
        var repository = new HostedRepository("acme/bench", "") { DefaultBranch = usual };
        var end = new PullRequestEnd("topic", new('a', 40));
        var pull = new PullRequest(7, "open", "Grades", "", end, new(into, new('b', 40)) { Repo = repository });

        Assert.Equal(isAnother, HeadStatus.By(pull, new(pull.Base.Sha, pull.Head.Sha)).IsForAnotherBranch);
    }

    [Fact]
    public async Task The_event_says_all_that_is_needed_and_the_summary_goes_to_the_runs_page()
    {
        using var repository = new JudgedRepository();
        repository.Files.Write(Cleo, JudgedRepository.Grades("4,4", "3,3", "4,4"));
        var head = repository.Propose("cleo");
        repository.Files.Git("checkout", "-q", "main");
        using var run = new TempFolder();
        run.Write(
            "event.json",
            $$"""
            {"number": 7, "repository": {"full_name": "acme/bench"}, "pull_request": {"number": 7, "draft": false,
              "user": {"login": "cleo-gh"}, "base": {"sha": "{{repository.Files.Git("rev-parse", "main")}}"},
              "head": {"sha": "{{head}}", "repo": {"full_name": "cleo-gh/bench"} } } }
            """
        );
        run.Write("summary.md", "before\n");

        var result = await ConcordProcess.RunAsync(
            repository.Files.Path,
            [("GITHUB_EVENT_PATH", run["event.json"]), ("GITHUB_STEP_SUMMARY", run["summary.md"]), ("GITHUB_ACTIONS", "true")],
            ["dotnet", ConcordProcess.Program, "ci", "check", "--out", run["out"]]
        );

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("9 new grades by cleo", result.Out, StringComparison.Ordinal);
        Assert.StartsWith("before\n### ✅ 9 new grades by cleo", run.Read("summary.md"), StringComparison.Ordinal);
        var document = JsonNode.Parse(run.Read("out/result.json"))!;
        Assert.Equal((7, head, "cleo-gh"), ((int)document["number"]!, (string)document["head"]!, (string)document["author"]!));
    }

    [Theory]
    [InlineData("{}", "no-pull-request")]
    [InlineData("{\"pull_request\": {\"base\": {\"sha\": \"--output=x\"}}}", "wrong-event")]
    [InlineData("[", "wrong-event")]
    public async Task An_event_of_another_kind_can_be_mended(string text, string rule)
    {
        using var repository = new JudgedRepository();
        repository.Files.Write("event.json", text);

        var result = await CommandLine.RunAsync(repository.Files.Path, "ci", "check", "--event", "event.json");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(rule == "wrong-event" ? "event" : "pull request", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--no-gpg-sign", true, "none")]
    [InlineData("-S", true, "1 of 1 commit by `cleo@concord.example`")]
    [InlineData("-S", false, "1 of 1 commit by `cleo@concord.example`")]
    public async Task Signatures_are_told_where_the_base_or_gits_settings_list_keys(string option, bool inBase, string told)
    {
        using var repository = new JudgedRepository();
        using var keys = new TempFolder();
        var made = await ProcessRun.RunAsync(
            keys.Path,
            new Dictionary<string, string>(),
            "ssh-keygen",
            "-q",
            "-t",
            "ed25519",
            "-N",
            "",
            "-f",
            keys["key"]
        );
        Assert.SkipWhen(made.ExitCode != 0, "There is no ssh-keygen.");
        repository.Files.Git("checkout", "-q", "main");
        var list = $"cleo@concord.example {keys.Read("key.pub")}";
        keys.Write("signers", list);
        if (inBase)
        {
            repository.Files.Write(".github/allowed_signers", list);
            repository.Files.Commit("keys");
        }
        else
            repository.Files.Git("config", "gpg.ssh.allowedSignersFile", keys["signers"]);
        repository.Files.Git("checkout", "-q", "-B", "topic");
        repository.Files.Write(Cleo, JudgedRepository.Grades("4,4", "3,3", "4,4"));
        repository.Files.Git("add", "-A");
        repository.Files.GitAs(
            "cleo",
            "cleo@concord.example",
            "-c",
            "gpg.format=ssh",
            "-c",
            $"user.signingKey={keys["key.pub"]}",
            "commit",
            "-q",
            option,
            "-m",
            "mine"
        );

        var judged = await repository.JudgeAsync("cleo-gh");

        Assert.Contains($"Signatures: {told}.", judged.Comment, StringComparison.Ordinal);
    }

    private static string Neutral(JudgedRepository repository, string comment) =>
        comment
            .Replace(repository.Files.Git("rev-parse", "topic")[..7], "HEAD", StringComparison.Ordinal)
            .Replace(repository.Files.Git("rev-parse", "main")[..7], "BASE", StringComparison.Ordinal);

    private static string Key(JsonNode row) => $"{row["challenge"]} {row["model"]}";

    private static async Task<JsonNode> ConsensusAsync(JudgedRepository repository, string at) =>
        JsonNode.Parse((await CommandLine.RunAsync(repository.Files.Path, "consensus", "--at", at, "--json")).Out)!;

    private static double? Alpha(JsonNode consensus, string criterion, string column) =>
        (double?)
            consensus["agreement"]!
                .AsArray()
                .Single(r =>
                    (string)r!["criterion"]! == criterion
                    && (string)r["coefficient"]! == "krippendorff-alpha"
                    && (string)r["weights"]! == "ordinal"
                )![column];
}
