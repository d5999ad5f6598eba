using System.Text;
using Concord.Tests.Support;

namespace Concord.Tests.Judging;

/// <summary>Pull requests that must be refused, with their reasons, though the base would merge good ones by itself.</summary>
public sealed class EvilPullRequestTests
{
    private const string Cleo = "grades/cleo-2026-11-03.csv";
    private const string Auto = "merge: auto\n";

    [Fact]
    public async Task The_file_of_another_is_refused_and_the_comment_says_so_first()
    {
        using var repository = Start();
        repository.Files.Write("grades/ben-2026-11-02.csv", JudgedRepository.Grades("0,0", "5,5", "0,0"));
        // The address of a commit is whatever its author writes.
        repository.Propose("ben");

        var judged = await repository.JudgeAsync("cleo-gh");

        judged.IsRefused("foreign-file");
        Golden.Equal(
            "judging/comment-refused.md",
            judged
                .Comment.Replace(repository.Files.Git("rev-parse", "topic")[..7], "HEAD", StringComparison.Ordinal)
                .Replace(repository.Files.Git("rev-parse", "main")[..7], "BASE", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Deleting_the_grades_of_others_is_refused()
    {
        using var repository = Start();
        File.Delete(repository.Files["grades/ben-2026-11-02.csv"]);
        repository.Propose("ben");

        (await repository.JudgeAsync("cleo-gh")).IsRefused("foreign-file");
    }

    [Fact]
    public async Task A_second_name_of_a_listed_grader_is_refused()
    {
        using var repository = Start();
        repository.Files.Write("grades/zed-2026-11-03.csv", JudgedRepository.Grades("5,5", "0,0", "0,0"));
        repository.Propose("zed");

        (await repository.JudgeAsync("cleo-gh")).IsRefused("foreign-file");
    }

    [Theory]
    [InlineData("overall,5\n")]
    [InlineData("")]
    public async Task An_edited_consensus_is_refused(string more)
    {
        using var repository = Start();
        repository.Files.Git("checkout", "-q", "main");
        await CommandLine.RunAsync(repository.Files.Path, "consensus", "--write");
        repository.Files.Commit("consensus");
        repository.Files.Git("checkout", "-q", "-B", "topic");
        var path = "consensus/models.csv";
        if (more.Length == 0)
            File.Delete(repository.Files[path]);
        else
            repository.Files.Write(path, repository.Files.Read(path) + more);
        repository.Files.Write(Cleo, JudgedRepository.Grades("4,4", "3,3", "4,4"));
        repository.Propose("cleo");

        (await repository.JudgeAsync("cleo-gh")).IsRefused("consensus-edited");
    }

    [Fact]
    public async Task Scores_out_of_range_are_refused_with_their_line()
    {
        using var repository = Start();
        repository.Files.Write(Cleo, JudgedRepository.Grades("4,4", "99,3", "4,-1"));
        repository.Propose("cleo");

        var judged = await repository.JudgeAsync("cleo-gh");

        Assert.Equal((1, false), (judged.ExitCode, judged.IsMerged));
        Assert.Contains($"`{Cleo}:3", judged.Comment, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".github/workflows/check.yml", "on: push\n")]
    [InlineData(".GitHub/workflows/evil.yml", "on: push\n")]
    [InlineData(".gitattributes", "grades/* merge=ours\n")]
    [InlineData("grades/.gitattributes", "* merge=ours\n")]
    [InlineData(".github/CODEOWNERS", "* @cleo-gh\n")]
    [InlineData(".github/allowed_signers", "cleo@concord.example ssh-ed25519 AAAA\n")]
    public async Task What_decides_how_pull_requests_are_judged_is_for_leads(string path, string text)
    {
        using var repository = Start();
        repository.Files.Write(path, text);
        repository.Files.Write(Cleo, JudgedRepository.Grades("4,4", "3,3", "4,4"));
        repository.Propose("cleo");

        var judged = await repository.JudgeAsync("cleo-gh");
        Assert.Contains("protected-file", judged.Rules("error"));
        Assert.Equal((1, false), (judged.ExitCode, judged.IsMerged));
        // A lead's is told, and waits for a person.
        Assert.Contains("protected-file", (await repository.JudgeAsync("ada-gh")).Rules("warning"));
    }

    [Fact]
    public async Task A_pull_request_does_not_allow_itself_to_be_merged()
    {
        using var repository = new JudgedRepository();
        repository.Files.Write("benchmarks/benchmark.yaml", repository.Files.Read("benchmarks/benchmark.yaml") + Auto);
        repository.Files.Write(Cleo, JudgedRepository.Grades("4,4", "3,3", "4,4"));
        repository.Propose("cleo");

        var judged = await repository.JudgeAsync("cleo-gh");

        judged.IsRefused("protected-file");
        Assert.Contains("benchmark.yaml of the base does not say 'merge: auto'", judged.Against);
    }

    [Theory]
    [InlineData("github: Cleo-GH}", "github: Cleo-GH, role: lead}")]
    [InlineData("github: Cleo-GH}", "github: Cleo-GH, weight: 9}")]
    [InlineData("github: ben-gh}", "github: cleo-gh}")]
    [InlineData("- {id: ben, name: Sample B, emails: [ben@concord.example], github: ben-gh}\n", "")]
    public async Task Nobody_raises_himself_or_takes_anothers_place(string old, string now)
    {
        using var repository = Start();
        repository.Files.Write("benchmarks/graders.yaml", JudgedRepository.Graders.Replace(old, now, StringComparison.Ordinal));
        repository.Propose("cleo");

        (await repository.JudgeAsync("cleo-gh")).IsRefused("graders-changed");
        // A lead's is told, and waits for a person.
        Assert.Equal(["graders-changed"], (await repository.JudgeAsync("ada-gh")).Rules("warning").Distinct());
    }

    [Theory]
    [InlineData("- {id: dan, github: dan-gh, role: lead}\n")]
    [InlineData("- {id: dan, github: dan-gh, kind: expert}\n")]
    [InlineData("- {id: dan, github: dan-gh, weight: 5}\n")]
    [InlineData("- {id: dan, github: dan-gh}\n- {id: eve, github: eve-gh}\n")]
    [InlineData("- {id: dan, github: somebody}\n")]
    [InlineData("- {id: dan}\n")]
    [InlineData("- {id: dan, emails: [\n")]
    public async Task Somebody_new_adds_the_own_entry_and_nothing_more(string entries)
    {
        using var repository = Start();
        repository.Files.Write("benchmarks/graders.yaml", JudgedRepository.Graders + entries);
        repository.Propose("dan");

        var judged = await repository.JudgeAsync("dan-gh");

        Assert.Contains("graders-changed", judged.Rules("error"));
        Assert.Equal((1, false), (judged.ExitCode, judged.IsMerged));
    }

    [Fact]
    public async Task Somebody_new_does_not_take_the_name_of_who_has_graded()
    {
        using var repository = Start();
        repository.Files.Git("checkout", "-q", "main");
        repository.Files.Write("grades/zoe-2026-11-01.csv", JudgedRepository.Grades("4,4", "3,3", "4,4"));
        repository.Files.Commit("an unlisted grader");
        repository.Files.Git("checkout", "-q", "-B", "topic");
        repository.Files.Write("benchmarks/graders.yaml", JudgedRepository.Graders + "- {id: zoe, github: dan-gh}\n");
        repository.Files.Write("grades/zoe-2026-11-01.csv", JudgedRepository.Grades("0,0", "0,0", "0,0"));
        repository.Propose("dan");

        (await repository.JudgeAsync("dan-gh")).IsRefused("graders-changed", "unknown-owner");
    }

    [Fact]
    public async Task A_file_of_a_hundred_megabytes_is_refused_unread()
    {
        using var repository = Start();
        repository.Files.Write(Cleo, new byte[100 * 1024 * 1024]);
        repository.Propose("cleo");

        var judged = await repository.JudgeAsync("cleo-gh");

        judged.IsRefused("too-large");
        Assert.Contains("100 MiB; at most 4", judged.Comment, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_is_refused_and_not_followed()
    {
        using var repository = Start();
        File.CreateSymbolicLink(repository.Files[Cleo], "/etc/passwd");
        repository.Propose("cleo");

        (await repository.JudgeAsync("cleo-gh")).IsRefused("link");
    }

    [Fact]
    public async Task All_of_it_in_one_pull_request_is_refused_with_every_reason()
    {
        using var repository = Start();
        await EvilChange.PublishAsync(repository);
        EvilChange.All.ForEach(evil => EvilChange.Make(repository, evil));
        repository.Propose("cleo");

        var judged = await repository.JudgeAsync("cleo-gh");

        judged.IsRefused([.. EvilChange.All.Select(EvilChange.Rule)]);
        var errors = judged.Comment.Split('\n').Where(l => l.StartsWith("- **Error**", StringComparison.Ordinal)).ToArray();
        foreach (var path in EvilChange.All.Select(EvilChange.Path))
            Assert.Single(errors, e => e.Contains($"`{path}", StringComparison.Ordinal));
        // Of what was read in part no effect is told.
        Assert.DoesNotContain("<details>", judged.Comment, StringComparison.Ordinal);
        Assert.Empty(judged.Labels);
    }

    [Fact]
    public async Task A_folder_of_grades_that_became_a_link_is_refused_with_what_it_removes()
    {
        using var repository = Start();
        Directory.Delete(repository.Files["grades"], recursive: true);
        File.CreateSymbolicLink(repository.Files["grades"], "benchmarks");
        repository.Propose("cleo");

        (await repository.JudgeAsync("cleo-gh")).IsRefused("link", "foreign-file");
    }

    [Fact]
    public async Task A_submodule_is_refused()
    {
        using var repository = Start();
        repository.Files.Git(
            "update-index",
            "--add",
            "--cacheinfo",
            $"160000,{repository.Files.Git("rev-parse", "HEAD")},{Cleo}"
        );
        repository.Files.GitAs("cleo", "cleo@concord.example", "commit", "-q", "-m", "module");

        (await repository.JudgeAsync("cleo-gh")).IsRefused("submodule");
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".git")]
    [InlineData(".GIT")]
    [InlineData("git~1")]
    [InlineData(".git ")]
    [InlineData("a\\b")]
    [InlineData("c:x")]
    [InlineData("evil.")]
    [InlineData("x\u202egpj.csv")]
    public async Task Names_that_lead_elsewhere_are_refused(string name)
    {
        using var repository = Start();
        var blob = repository.Blob(Encoding.UTF8.GetBytes("x"));
        repository.ProposeTree($"040000 tree {repository.Tree($"100644 blob {blob}\tevil")}\t{name}");

        (await repository.JudgeAsync("cleo-gh")).IsRefused("unsafe-path");
    }

    [Theory]
    [InlineData("grades/Ben-2026-11-02.csv")]
    [InlineData("Grades/ben-2026-11-05.csv")]
    [InlineData("benchmarks/outputs/Bars/lab/one/files/index.html")]
    public async Task Names_that_are_one_on_other_systems_are_refused(string path)
    {
        using var repository = Start();
        repository.Files.Write(path, "x\n");
        repository.Propose("cleo");

        var judged = await repository.JudgeAsync("cleo-gh");

        Assert.Contains("case-collision", judged.Rules("error"));
        Assert.Equal((1, false), (judged.ExitCode, judged.IsMerged));
    }

    [Fact]
    public async Task A_huge_number_of_files_is_refused()
    {
        using var repository = Start();
        var blob = repository.Blob(Encoding.UTF8.GetBytes("x"));
        var many = repository.Tree([.. Enumerable.Range(0, 3001).Select(i => $"100644 blob {blob}\tf{i:00000}")]);
        repository.ProposeTree($"040000 tree {many}\tmany");

        (await repository.JudgeAsync("cleo-gh")).IsRefused("too-many-files");
    }

    [Fact]
    public async Task A_tree_of_endless_names_is_refused_before_it_fills_the_memory()
    {
        using var repository = Start();
        var entry = $"100644 blob {repository.Blob(Encoding.UTF8.GetBytes("x"))}";
        // Ten entries in each of ten folders: 10^10 names in ten small objects.
        for (var depth = 0; depth < 10; depth++)
            entry = $"040000 tree {repository.Tree([.. Enumerable.Range(0, 10).Select(i => $"{entry}\tn{i}")])}";
        repository.ProposeTree($"{entry}\tbomb");

        (await repository.JudgeAsync("cleo-gh")).IsRefused("git-output");
    }

    [Theory]
    [InlineData(Cleo, "2026-11-03T09:00:00Z", "9999-12-31T23:59:59Z")]
    [InlineData("grades/cleo-9999-12-31.csv", "", "")]
    public async Task Grades_of_a_time_to_come_which_nothing_later_could_correct_are_refused(string path, string at, string then)
    {
        using var repository = Start();
        var grades = JudgedRepository.Grades("4,4", "3,3", "4,4");
        repository.Files.Write(path, at.Length > 0 ? grades.Replace(at, then, StringComparison.Ordinal) : grades);
        repository.Propose("cleo");

        var judged = await repository.JudgeAsync("cleo-gh");

        judged.IsRefused("future-grade");
        Assert.Contains("yet to come", judged.Comment, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_large_listings_of_earlier_commits_are_refused_before_they_fill_the_memory()
    {
        using var repository = Start();
        var blob = repository.Blob("x"u8.ToArray());
        string[] names = [.. Enumerable.Range(0, 6000).Select(i => $"100644 blob {blob}\t{new string('a', 4000)}{i:D5}")];
        var (head, clean) = (repository.Files.Git("rev-parse", "main"), repository.Files.Git("rev-parse", "main^{tree}"));
        string[] others =
        [
            .. repository.Files.Git("ls-tree", clean).Split('\n').Where(l => !l.EndsWith("\tgrades", StringComparison.Ordinal)),
        ];
        for (var i = 0; i < 4; i++)
            head = Commit(
                repository.Tree([.. others, $"040000 tree {repository.Tree([.. names, $"100644 blob {blob}\tb{i}"])}\tgrades"])
            );
        repository.Files.Git("checkout", "-q", "main");
        repository.Files.Git("update-ref", "refs/heads/topic", Commit(clean));

        var judged = await repository.JudgeAsync("cleo-gh");

        judged.IsRefused("git-output");
        Assert.Contains("Squash", judged.Comment, StringComparison.Ordinal);

        string Commit(string tree) =>
            repository.Files.GitAs("cleo", "cleo@concord.example", "commit-tree", tree, "-p", head, "-m", "tree");
    }

    [Fact]
    public async Task A_history_of_its_own_is_refused()
    {
        using var repository = Start();
        repository.Files.Git("checkout", "-q", "--orphan", "topic2");
        repository.Files.Write(Cleo, JudgedRepository.Grades("4,4", "3,3", "4,4"));
        repository.Propose("cleo");
        repository.Files.Git("branch", "-f", "topic", "HEAD");

        (await repository.JudgeAsync("cleo-gh")).IsRefused("no-common-commit");
    }

    [Fact]
    public async Task Words_of_others_reach_the_comment_as_words()
    {
        using var repository = Start();
        repository.Files.Write(
            "grades/@maintainers <img src=x onerror=alert(1)> [x](https://evil.example) #1.csv",
            JudgedRepository.Grades("4,4", "3,3", "4,4")
        );
        repository.Files.Write(
            Cleo,
            JudgedRepository
                .Grades("4,4", "3,3", "4,4")
                .Replace("graded", "@maintainers https://evil.example <b>", StringComparison.Ordinal)
        );
        repository.Propose("cleo");

        var judged = await repository.JudgeAsync("cleo-gh");

        Assert.Equal(1, judged.ExitCode);
        foreach (var text in new[] { judged.Comment, judged.Summary })
            MarkdownTests.IsHarmless(text);
    }

    private static JudgedRepository Start() => new(Auto);
}
