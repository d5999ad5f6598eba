using Concord.Tests.Support;

namespace Concord.Tests.Checking;

/// <summary>Who may decide, and what <c>check</c> says of decisions.</summary>
public sealed class AdjudicationCheckTests
{
    private const string AdasDecisions = "grades/ada-2026-11-03.adjudicated.csv";
    private const string BensDecisions = "grades/ben-2026-11-03.adjudicated.csv";

    [Fact]
    public async Task A_leads_decision_is_in_order()
    {
        using var repository = Start();
        Decide(repository, AdasDecisions);

        var findings = await Findings.OfAsync(repository.Path);

        Assert.Equal((0, "no-consensus"), (findings.ExitCode, Assert.Single(findings.All).Rule));
    }

    [Theory]
    [InlineData(BensDecisions)]
    [InlineData("grades/nobody-2026-11-03.adjudicated.csv")]
    public async Task Others_are_refused_with_place_and_remedy(string path)
    {
        using var repository = Start();
        Decide(repository, path);

        var findings = await Findings.OfAsync(repository.Path);

        Assert.Equal(1, findings.ExitCode);
        var found = findings.One("not-a-lead");
        Assert.Equal(("error", path), (found.Severity, found.Path));
        Assert.Contains("role: lead", found.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decision_on_earlier_files_is_a_warning_and_a_withdrawn_one_is_nothing()
    {
        using var repository = Start();
        Decide(repository, AdasDecisions);
        repository.Write("benchmarks/outputs/bars/lab/one/files/index.html", "<p>new</p>\n");

        var findings = await Findings.OfAsync(repository.Path);
        Assert.Equal(
            ("warning", AdasDecisions, 2),
            (findings.One("stale-decision").Severity, findings.One("stale-decision").Path, findings.One("stale-decision").Line)
        );

        Decide(repository, AdasDecisions, ",", "withdrawn");
        (await Findings.OfAsync(repository.Path)).None("stale-decision");
    }

    [Fact]
    public async Task A_decision_on_an_output_that_is_not_there_is_an_error()
    {
        using var repository = Start();
        repository.Write(
            AdasDecisions,
            TestWorkspace.Header
                + TestWorkspace.Row("lab/one", "5,", notes: "why").Replace("lab/one", "lab/onne", StringComparison.Ordinal)
        );

        Assert.Equal(AdasDecisions, (await Findings.OfAsync(repository.Path)).One("unknown-output").Path);
    }

    [Fact]
    public async Task A_pull_request_with_the_leads_own_decision_passes()
    {
        using var repository = Start();
        Decide(repository, AdasDecisions);
        repository.Commit("decide", "Ada", "ada@concord.example");

        Assert.Equal(0, (await Findings.OfAsync(repository.Path, "--base", "main")).ExitCode);
    }

    [Fact]
    public async Task A_pull_request_of_who_is_no_lead_in_the_base_is_refused()
    {
        using var repository = Start();
        Decide(repository, BensDecisions);
        repository.Write(
            "benchmarks/graders.yaml",
            "- {id: ada, name: A, emails: [ada@concord.example], role: lead}\n- {id: ben, name: B, emails: [ben@concord.example], role: lead}\n"
        );
        repository.Commit("make myself a lead", "Ben", "ben@concord.example");

        var findings = await Findings.OfAsync(repository.Path, "--base", "main");

        Assert.Equal(1, findings.ExitCode);
        Assert.Equal(("error", BensDecisions), (findings.One("not-a-lead").Severity, findings.One("not-a-lead").Path));
    }

    [Theory]
    [InlineData("decide for her", "ben@concord.example")]
    [InlineData("decide for her\n\nImported-by: eve", "eve@concord.example")]
    public async Task Nobody_decides_in_another_leads_name(string message, string author)
    {
        using var repository = Start();
        Decide(repository, AdasDecisions);
        repository.Commit(message, "X", author);

        var found = (await Findings.OfAsync(repository.Path, "--base", "main")).One("foreign-file");

        Assert.Equal(("error", AdasDecisions), (found.Severity, found.Path));
    }

    [Fact]
    public async Task A_lead_may_clear_away_the_file_of_who_is_no_lead_any_more()
    {
        using var repository = Start(topic: false);
        Decide(repository, BensDecisions);
        repository.Commit("from when ben was a lead");
        repository.Git("checkout", "-q", "-b", "topic");
        File.Delete(repository[BensDecisions]);
        repository.Commit("clear\n\nImported-by: ada", "Ada", "ada@concord.example");

        Assert.Equal(0, (await Findings.OfAsync(repository.Path, "--base", "main")).ExitCode);
    }

    private static TestRepository Start(bool topic = true)
    {
        var repository = TestWorkspace.Create(commit: false);
        repository.Write(
            "benchmarks/graders.yaml",
            "- {id: ada, name: A, emails: [ada@concord.example], role: lead}\n- {id: ben, name: B, emails: [ben@concord.example]}\n- {id: eve, name: E, emails: [eve@concord.example], role: lead}\n"
        );
        repository.Commit("start");
        if (topic)
            repository.Git("checkout", "-q", "-b", "topic");
        return repository;
    }

    private static void Decide(TestRepository repository, string path, string scores = "5,", string status = "graded") =>
        repository.Write(path, TestWorkspace.Header + TestWorkspace.Row("lab/one", scores, status, "why"));
}
