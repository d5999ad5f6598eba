using System.Text;
using System.Text.Json;
using Concord.Core.Domain;
using Concord.Core.Domain.Preferences;
using Concord.Pipeline.Exporting;
using Concord.Tests.Domain.Preferences;

namespace Concord.Tests.Exporting;

public sealed class PairExportTests
{
    private static readonly Message[] Asked = [new("system", "Be brief."), new("user", "Draw bars.\n")];

    private static Workspace Workspace(params (Candidate Candidate, Message[] Request)[] outputs) =>
        new(
            new(
                "b",
                "B",
                [],
                [],
                [],
                new(true, 3),
                new(ConsensusMethod.Median, 2, 0.1, FailedOutputs.Exclude, 0, 1),
                new(null, 0.35),
                MergePolicy.Manual
            ),
            new Dictionary<GraderId, Grader>(),
            [
                .. outputs
                    .Select(o => o.Candidate.Key.Challenge)
                    .Distinct()
                    .Select(id => new Challenge(
                        id,
                        "Bars",
                        ChallengeKind.Visualization,
                        [],
                        null,
                        new(960, 600),
                        null,
                        10,
                        [],
                        [],
                        [],
                        "The challenge's own prompt.\n",
                        "0123456789ab"
                    )),
            ],
            [.. outputs.Select(o => new Output(o.Candidate.Key, o.Candidate.Id, null, null, o.Request, [], ["index.html"]))],
            []
        );

    private static (string[] Prompt, PairReport Report) Run(Message[] first, Message[] second)
    {
        var (a, b) = (Given.Candidate("a", 5), Given.Candidate("b", 3));
        var (bytes, report) = PairExport.Run(
            Workspace((a, first), (b, second)),
            [b, a],
            new PairRules(),
            ExportFormat.TrlConversational
        );
        var prompt = JsonDocument.Parse(bytes).RootElement.GetProperty("prompt");
        return ([.. prompt.EnumerateArray().Select(m => $"{m.GetProperty("role")}: {m.GetProperty("content")}")], report);
    }

    [Fact]
    public void The_prompt_is_what_was_sent_where_that_is_recorded()
    {
        var (prompt, report) = Run(Asked, [new("system", "Be brief."), new("user", "Draw bars.")]);
        Assert.Equal(["system: Be brief.", "user: Draw bars.\n"], prompt);
        Assert.Equal(0, report.DifferentPrompts);
    }

    [Fact]
    public void Where_nothing_is_recorded_the_prompt_is_the_challenges_own_as_the_users_message()
    {
        var (prompt, report) = Run([], []);
        Assert.Equal(["user: The challenge's own prompt."], prompt);
        Assert.Equal(0, report.DifferentPrompts);
    }

    [Theory]
    [InlineData("Be verbose.", "Draw bars.")]
    [InlineData("Be brief.", "Draw lines.")]
    public void Models_that_were_asked_differently_get_the_challenges_own_prompt_and_are_counted(string system, string user)
    {
        var (prompt, report) = Run(Asked, [new("system", system), new("user", user)]);
        Assert.Equal(["user: The challenge's own prompt."], prompt);
        Assert.Equal(1, report.DifferentPrompts);
        Assert.Contains(
            "In 1 pair the two models were asked differently; it has the challenge's own prompt.",
            PairReportText.Lines(report)
        );
    }

    [Fact]
    public void A_recorded_prompt_against_an_unrecorded_one_that_differs_is_a_difference() =>
        Assert.Equal(1, Run(Asked, []).Report.DifferentPrompts);

    [Fact]
    public void The_request_of_a_regenerated_output_is_not_taken_for_the_graded_one()
    {
        var (a, b) = (Given.Candidate("a", 5), Given.Candidate("b", 3));
        var workspace = Workspace((a with { Id = Given.Id("newer") }, Asked), (b, Asked));
        var (bytes, _) = PairExport.Run(workspace, [a, b], new PairRules(), ExportFormat.Trl);
        Assert.StartsWith(
            "{\"prompt\":\"The challenge's own prompt.\\n\\n\",",
            Encoding.UTF8.GetString(bytes),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_bytes_do_not_depend_on_the_order_of_the_candidates()
    {
        Candidate[] candidates = [.. VizhubGrades.Weighted(0.6, 0.4)];
        var workspace = Workspace([.. candidates.Select(c => (c, Array.Empty<Message>()))]);
        var rules = new PairRules
        {
            Strategy = PairStrategy.All,
            MinVotes = 1,
            MinCommon = 1,
            MaxPerPrompt = 0,
        };
        var (forth, _) = PairExport.Run(workspace, candidates, rules, ExportFormat.Trl);
        var (back, _) = PairExport.Run(workspace, [.. candidates.Reverse()], rules, ExportFormat.Trl);
        Assert.NotEmpty(forth);
        Assert.Equal(forth, back);
    }
}
