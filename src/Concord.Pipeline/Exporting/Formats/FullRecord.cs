using Concord.Core.Domain;
using Concord.Core.Domain.Preferences;
using Concord.Core.Domain.Privacy;
using Concord.Pipeline.Datasets;

namespace Concord.Pipeline.Exporting.Formats;

/// <summary>A pair with its evidence: identity, content, provenance, scores, selection, what it was made from. Flat, never null, always in this order.</summary>
internal sealed class FullRecord
{
    public const string Version = "1.0";

    /// <summary>Stands where the agreement is undefined: loaders take a column with nulls for another type.</summary>
    public const double NoAgreement = -2;

    private static readonly Shape Texts = Shape.List(Shape.Text);
    private static readonly Shape Notes = Shape.List(Shape.Record(new("grader", Shape.Text), new("note", Shape.Text)));

    private readonly ExportSource _source;
    private readonly ExportRecipe _recipe;
    private readonly GraderNotes? _notes;
    private readonly (int Index, Criterion Criterion, double Weight)[] _criteria;
    private readonly Dictionary<ChallengeId, Challenge> _challenges;
    private readonly Dictionary<OutputKey, OutputFacts> _facts = [];
    private readonly SensitiveText _scan;
    private readonly List<(Field Field, Func<PairEvidence, object> Value)> _columns = [];

    /// <param name="source">What it is made from.</param>
    /// <param name="recipe">How.</param>
    /// <param name="chosen">The outputs that are chosen in some pair: a column of lists that are empty in every row would have no type.</param>
    /// <param name="rejected">Those that are rejected in some.</param>
    /// <param name="notes">Graders' notes; null for none.</param>
    public FullRecord(
        ExportSource source,
        ExportRecipe recipe,
        IReadOnlyCollection<Candidate> chosen,
        IReadOnlyCollection<Candidate> rejected,
        GraderNotes? notes
    )
    {
        (_source, _recipe, _notes) = (source, recipe, notes);
        _scan = SensitiveText.Of(source.Graders);
        var rubric = source.Workspace.Benchmark.Criteria;
        var sum = rubric.Sum(c => c.Weight);
        _criteria = [.. rubric.Select((c, i) => (i, c, c.Weight / sum)).Where(c => c.c.Weight > 0)];
        _challenges = source.Workspace.Challenges.ToDictionary(c => c.Id);
        Identity();
        Content();
        Provenance();
        Scores();
        Evidence();
        Selection();
        Reproducibility();
        Beside(chosen, rejected);
        Format = new(Shape.Record([.. _columns.Select(c => c.Field)]), e => [.. _columns.Select(c => c.Value(e))]);
    }

    public PairFormat Format { get; }

    /// <summary>A strategy as the record names it.</summary>
    public static string NameOf(PairStrategy strategy) =>
        strategy == PairStrategy.All ? "all_pairs" : Names.Of(strategy).Replace('-', '_');

    private void Identity()
    {
        Text("schema_version", _ => Version);
        Text("pair_id", e => e.Id);
        Text("challenge_id", e => e.Pair.Challenge.ToString());
        Text("challenge_version", e => _challenges[e.Pair.Challenge].Digest);
        Text("prompt_sha256", e => e.Digests.Prompt);
    }

    private void Content()
    {
        Add("prompt", Shapes.Messages, e => Shapes.Of(e.Prompt));
        Add("chosen", Shapes.Messages, e => Shapes.Of([Shapes.Reply(e.Pair.Chosen.Text)]));
        Add("rejected", Shapes.Messages, e => Shapes.Of([Shapes.Reply(e.Pair.Rejected.Text)]));
    }

    private void Provenance()
    {
        Both("model", Shape.Text, (_, side) => side.Key.Model.ToString());
        Text("chosen_output_sha256", e => e.Digests.Chosen);
        Text("rejected_output_sha256", e => e.Digests.Rejected);
        Both("gen_params", Shape.Text, (_, side) => Facts(side).Parameters);
    }

    private void Scores()
    {
        Both("score", Shape.Number, (_, side) => Shapes.Score(side.Overall));
        Number("score_margin", e => Shapes.Score(e.Pair.Margin));
        foreach (var side in new[] { "chosen", "rejected" })
        foreach (var (index, criterion, _) in _criteria)
            Number($"{side}_{criterion.Id}", e => (side == "chosen" ? e.Pair.Chosen : e.Pair.Rejected).Criteria[index]!.Value);
        foreach (var (_, criterion, weight) in _criteria)
            Number($"weight_{criterion.Id}", _ => Shapes.Score(weight));
        Add("dimension_conflict", Shape.Flag, e => e.Pair.Conflicts);
    }

    private void Evidence()
    {
        Both("n_votes", Shape.Whole, (_, side) => (long)side.Votes);
        Whole("n_common_graders", e => e.Pair.CommonGraders);
        Whole("grader_wins", e => e.Votes.Wins);
        Whole("grader_ties", e => e.Votes.Ties);
        Whole("grader_losses", e => e.Votes.Losses);
        Number("agreement", e => e.Agreement.Value ?? NoAgreement);
        Text("agreement_metric", e => e.Agreement.Value is null ? "undefined" : "krippendorff_alpha_interval");
        Number("confidence", e => e.Pair.Confidence.Value);
        Text("confidence_method", e => e.Pair.Confidence.MethodName);
        Whole("confidence_seed", _ => (long)_recipe.Rules.Seed);
    }

    private void Selection()
    {
        Both("chars", Shape.Whole, (_, side) => (long)Characters(side.Text));
        Number("length_ratio", e => (double)Characters(e.Pair.Chosen.Text) / Characters(e.Pair.Rejected.Text));
        Text("pair_strategy", _ => NameOf(_recipe.Rules.Strategy));
        Whole("n_candidates", e => e.Candidates);
        Text("split", e => Names.Of(e.Split));
        Text("split_key", e => e.Family.ToString());
    }

    private void Reproducibility()
    {
        Text("grades_commit", _ => _source.Commit);
        Text("exporter_version", _ => _source.Exporter);
        Whole("exported_at_ms", _ => _source.CommittedAt.ToUnixTimeMilliseconds());
    }

    private void Beside(IReadOnlyCollection<Candidate> chosen, IReadOnlyCollection<Candidate> rejected)
    {
        Lists("screenshot_refs", Texts, side => [.. Facts(side).Screenshots], "", chosen, rejected);
        Text("prompt_license", _ => _recipe.PromptLicense);
        Both("license", Shape.Text, (_, side) => side.License ?? ExportRecipe.Unknown);
        Add("pii_scrubbed", Shape.Flag, _ => _notes is not null);
        Add("tags", Texts, e => _challenges[e.Pair.Challenge] is var c ? c.Tags.Prepend(Names.Of(c.Kind)).ToArray<object>() : []);
        if (_notes is not null)
            Lists(
                "notes",
                Notes,
                side => [.. _notes.Of(side).Select(object (n) => new object[] { n.Grader, n.Note.Text })],
                new object[] { "", "" },
                chosen,
                rejected
            );
    }

    // A loader that sees only empty lists in its first rows gives the column no type; one empty element is one.
    private void Lists(
        string name,
        Shape shape,
        Func<Candidate, object[]> values,
        object nothing,
        IReadOnlyCollection<Candidate> chosen,
        IReadOnlyCollection<Candidate> rejected
    )
    {
        Side("chosen", chosen, e => e.Pair.Chosen);
        Side("rejected", rejected, e => e.Pair.Rejected);

        void Side(string prefix, IReadOnlyCollection<Candidate> all, Func<PairEvidence, Candidate> side)
        {
            var empty = all.All(c => values(c).Length == 0);
            Add($"{prefix}_{name}", shape, e => empty ? new[] { nothing } : values(side(e)));
        }
    }

    private OutputFacts Facts(Candidate side)
    {
        if (!_facts.TryGetValue(side.Key, out var facts))
        {
            facts = OutputFacts.Of(_source.Tree, side.Key);
            // Whoever ran the models may stand in there, with a key.
            _facts[side.Key] = facts = facts with { Parameters = _scan.Redact(facts.Parameters).Text };
        }
        return facts;
    }

    // As Python counts them, and other languages of trainers.
    private static int Characters(string text) => text.Length - text.Count(char.IsLowSurrogate);

    private void Both(string name, Shape shape, Func<PairEvidence, Candidate, object> value)
    {
        Add($"chosen_{name}", shape, e => value(e, e.Pair.Chosen));
        Add($"rejected_{name}", shape, e => value(e, e.Pair.Rejected));
    }

    private void Text(string name, Func<PairEvidence, string> value) => Add(name, Shape.Text, value);

    private void Number(string name, Func<PairEvidence, double> value) => Add(name, Shape.Number, e => value(e));

    private void Whole(string name, Func<PairEvidence, long> value) => Add(name, Shape.Whole, e => value(e));

    private void Add(string name, Shape shape, Func<PairEvidence, object> value) => _columns.Add((new(name, shape), value));
}
