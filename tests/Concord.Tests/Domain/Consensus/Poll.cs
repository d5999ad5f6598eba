using System.Globalization;
using Concord.Core.Domain;
using Concord.Core.Domain.Consensus;
using Concord.Core.Statistics;

namespace Concord.Tests.Domain.Consensus;

/// <summary>A workspace built grade by grade; every output has the id <see cref="Now"/>.</summary>
internal sealed class Poll(params Criterion[] rubric)
{
    public const string Now = "aaaaaaaaaaaa";
    public const string Before = "bbbbbbbbbbbb";

    private readonly Dictionary<string, List<Grade>> _sheets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Grade>> _decisions = new(StringComparer.Ordinal);
    private readonly Dictionary<OutputKey, Output> _outputs = [];
    private readonly List<Grader> _graders = [];
    private readonly Criterion[] _rubric = rubric.Length > 0 ? rubric : [Criterion("quality")];

    public ConsensusPolicy Policy { get; set; } = new(ConsensusMethod.Median, 2, 0.2, FailedOutputs.Exclude, 0, 1);

    public FlagPolicy Flags { get; set; } = new(null, 0.35);

    public string Title { get; set; } = "Test";

    public static Criterion Criterion(
        string id,
        double weight = 1,
        MeasurementLevel level = MeasurementLevel.Ordinal,
        double max = 5,
        double step = 1
    ) => new(CriterionId.Parse(id), id, "", new(0, max, step, level), weight, new Dictionary<double, string>(), []);

    public Poll Output(string model, string challenge = "bars", string? failure = null, string? digest = null)
    {
        var key = new OutputKey(ChallengeId.Parse(challenge), ModelId.Parse(model));
        _outputs[key] = new(
            key,
            failure is null ? OutputId.Parse(Now) : null,
            failure,
            digest,
            [],
            [],
            failure is null ? ["index.html"] : []
        );
        return this;
    }

    public Poll Listed(string grader, GraderKind kind = GraderKind.Human, double weight = 1)
    {
        _graders.Add(new(GraderId.Parse(grader), grader, [], null, kind, GraderRole.Grader, [], weight));
        return this;
    }

    public Poll Lead(string grader, GraderKind kind = GraderKind.Human)
    {
        _graders.Add(new(GraderId.Parse(grader), grader, [], null, kind, GraderRole.Lead, [], 1));
        return this;
    }

    /// <summary>Adds a row to a file of decisions, at minute 30 unless said; no scores take the decision back.</summary>
    public Poll Decide(
        string lead,
        string? scores,
        string model = "one",
        string output = Now,
        int minute = 30,
        string day = "2026-11-02",
        string reason = "Because."
    )
    {
        var key = new OutputKey(ChallengeId.Parse("bars"), ModelId.Parse(model));
        var name = $"{lead}-{day}.adjudicated.csv";
        if (!_decisions.TryGetValue(name, out var sheet))
            _decisions[name] = sheet = [];
        sheet.Add(
            new(
                key,
                OutputId.Parse(output),
                scores is null ? new double?[_rubric.Length] : Scores(scores),
                scores is null ? GradeStatus.Withdrawn : GradeStatus.Graded,
                reason,
                new DateTime(2026, 11, 2, 9, minute, 0, DateTimeKind.Utc),
                null
            )
        );
        return this;
    }

    /// <summary>Adds a row: <paramref name="scores"/> such as <c>"4 3"</c>, with <c>-</c> for a blank.</summary>
    public Poll Grade(
        string grader,
        string scores,
        string model = "one",
        string challenge = "bars",
        string output = Now,
        GradeStatus status = GradeStatus.Graded,
        int minute = 0,
        string day = "2026-11-02"
    )
    {
        var key = new OutputKey(ChallengeId.Parse(challenge), ModelId.Parse(model));
        if (!_outputs.ContainsKey(key))
            Output(model, challenge);
        var name = $"{grader}-{day}.csv";
        if (!_sheets.TryGetValue(name, out var sheet))
            _sheets[name] = sheet = [];
        sheet.Add(
            new(
                key,
                OutputId.Parse(output),
                Scores(scores),
                status,
                "",
                new DateTime(2026, 11, 2, 9, minute, 0, DateTimeKind.Utc),
                null
            )
        );
        return this;
    }

    /// <summary>One grade each by graders a, b, c …</summary>
    public Poll Grades(string model, params string[] scores) => Grades("bars", model, scores);

    public Poll Grades(string challenge, string model, string[] scores)
    {
        for (var i = 0; i < scores.Length; i++)
            Grade(((char)('a' + i)).ToString(), scores[i], model, challenge);
        return this;
    }

    public Workspace Workspace(bool shuffled = false) =>
        new(
            new("test", Title, _rubric, [], [], new(true, 3), Policy, Flags, MergePolicy.Manual),
            _graders.ToDictionary(g => g.Id),
            [
                .. _outputs
                    .Keys.Select(k => k.Challenge)
                    .Distinct()
                    .Order()
                    .Select(c => new Challenge(
                        c,
                        c.Value,
                        ChallengeKind.Visualization,
                        [],
                        null,
                        new(1, 1),
                        null,
                        1,
                        [],
                        [],
                        [],
                        "",
                        "cccccccccccc"
                    )),
            ],
            [.. _outputs.Values.OrderBy(o => o.Key)],
            [
                .. _sheets
                    .OrderBy(s => s.Key, StringComparer.Ordinal)
                    .Select(s =>
                    {
                        Assert.True(GradeSheet.TryParseName(s.Key, out var grader, out var date, out _));
                        Grade[] grades = shuffled ? [.. s.Value.AsEnumerable().Reverse()] : [.. s.Value];
                        return new GradeSheet(grader, date, GradeTable.Of(grades));
                    }),
            ]
        )
        {
            DecisionSheets =
            [
                .. _decisions
                    .OrderBy(s => s.Key, StringComparer.Ordinal)
                    .Select(s =>
                    {
                        Assert.True(GradeSheet.TryParseName(s.Key, out var lead, out var date, out var adjudicated, out _));
                        return new GradeSheet(lead, date, GradeTable.Of(s.Value)) { Adjudicated = adjudicated };
                    }),
            ],
        };

    private static double?[] Scores(string scores) =>
        [.. scores.Split(' ').Select(s => s == "-" ? (double?)null : double.Parse(s, CultureInfo.InvariantCulture))];

    public ConsensusTables Tables(bool includeStale = false) => ConsensusTables.Of(Workspace(), includeStale: includeStale);

    /// <summary>The only row of consensus.csv for a criterion.</summary>
    public ConsensusRow Row(string criterion = "quality", string model = "one", bool includeStale = false) =>
        Tables(includeStale).Consensus.Single(r => r.Criterion == criterion && r.Key.Model.Value == model);
}
