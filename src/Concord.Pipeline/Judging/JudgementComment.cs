using System.Globalization;
using System.Text;
using Concord.Core.Domain;
using Concord.Core.Domain.Consensus;
using Concord.Core.Statistics;

namespace Concord.Pipeline.Judging;

/// <summary>The comment under a pull request, in GitHub's Markdown: the verdict, what is wrong, what moves.</summary>
public sealed class JudgementComment
{
    /// <summary>How many characters GitHub takes, less what it is marked with.</summary>
    public const int Longest = 65536 - 256;

    private const int ShownAtFirst = 15;
    private const int LongestSummary = 500_000;
    private const int ShownInSummary = 500;
    private const string Nothing = "–";

    private readonly Judgement _judgement;
    private readonly int _shown;
    private readonly StringBuilder _text = new();

    private readonly string? _notMerged;

    private JudgementComment(Judgement judgement, int shown, string? notMerged) =>
        (_judgement, _shown, _notMerged) = (judgement, shown, notMerged);

    /// <summary>The comment: the longest lists are cut, and say by how much.</summary>
    /// <param name="judgement">What was found.</param>
    /// <param name="notMerged">Why the forge did not merge it, though the rule says so; null otherwise.</param>
    public static string Of(Judgement judgement, string? notMerged = null) =>
        Fitting(judgement, ShownAtFirst, Longest, notMerged);

    /// <summary>The same for a run's own page, where there is more room.</summary>
    public static string Summary(Judgement judgement) => Fitting(judgement, ShownInSummary, LongestSummary, null);

    private static string Fitting(Judgement judgement, int shown, int longest, string? notMerged)
    {
        for (; ; shown /= 2)
            if (new JudgementComment(judgement, shown, notMerged).Written() is var text && (text.Length <= longest || shown == 0))
                return text;
    }

    private string Written()
    {
        var j = _judgement;
        Line($"### {Verdict()}");
        Problems(Severity.Error, "error");
        if (j.Change is { } change)
        {
            Line("");
            Line(InWords(change));
            Problems(Severity.Warning, "warning");
            if (j.Passed)
                Wanting(change.Effect);
            Outputs(change);
            Models(change.Effect.Models);
            Agreement(change.Effect.Agreement);
        }
        else
        {
            Problems(Severity.Warning, "warning");
        }
        Line("");
        Line($"<sub>{string.Join(' ', Footer())}</sub>");
        return _text.ToString();
    }

    private string Verdict()
    {
        var j = _judgement;
        if (!j.Passed)
            return $"❌ Refused: {Judgement.Counted(j.Count(Severity.Error), "error")} to mend";
        return j.Count(Severity.Warning) is var warnings and > 0
            ? $"⚠️ {j.Brings}: good, after a look at {Judgement.Counted(warnings, "warning")}"
            : $"✅ {j.Brings}: {(j.Change?.Concerned.Count > 0 ? "good to merge" : "nothing against it here")}";
    }

    private static string InWords(ProposedChange change)
    {
        var (effect, sentences) = (change.Effect, new List<string>());
        if (change.Concerned.Count > 0)
            sentences.Add(
                $"It is about {Judgement.Counted(change.Concerned.Count, "output")} of {Judgement.Counted(change.Concerned.Select(k => k.Challenge).Distinct().Count(), "challenge")}."
            );
        var moved = effect.Outputs.Where(o => o.Size > 1e-9).ToArray();
        var first = effect.Outputs.Count(o => o.After?.Overall is not null && o.Before?.Overall is null);
        var places = effect.Models.Count(m => m is { Before.Rank: { } old, After.Rank: { } now } && old != now);
        sentences.Add(
            moved.Length == 0 && first == 0
                ? "No consensus moves."
                : string.Join(
                    "; ",
                    [
                        .. moved.Length > 0
                            ?
                            [
                                $"**{Judgement.Counted(moved.Length, "output")} move{(moved.Length == 1 ? "s" : "")}**, by {Number(moved.Max(o => o.Size))} at most",
                            ]
                            : Array.Empty<string>(),
                        .. first > 0
                            ? [$"{Judgement.Counted(first, "output")} get{(first == 1 ? "s" : "")} an overall for the first time"]
                            : Array.Empty<string>(),
                    ]
                ) + "."
        );
        string[] agreement = [.. effect.Agreement.Where(IsMoved).Select(InWords)];
        if (agreement.Length > 0)
            sentences.Add($"Agreement: {string.Join("; ", agreement)}.");
        if (places > 0)
            sentences.Add($"{Judgement.Counted(places, "model")} change{(places == 1 ? "s" : "")} place.");
        return string.Join(' ', sentences);
    }

    private static string InWords(AgreementMove move) =>
        $"{Markdown.Code(move.Criterion.Value)} {Number(move.Before?.Estimate.Value)} → **{Alpha(move.After?.Estimate)}**";

    private static bool IsMoved(AgreementMove move) => Number(move.Before?.Estimate.Value) != Number(move.After?.Estimate.Value);

    private void Problems(Severity severity, string noun)
    {
        Problem[] found = [.. _judgement.Problems.Where(p => p.Severity == severity)];
        if (found.Length == 0)
            return;
        Line("");
        foreach (var problem in found.Take(_shown))
            Line(
                $"- {(severity == Severity.Error ? "**Error**" : "**Look**")}{(problem.Path.Length > 0 ? $" {Markdown.Code(problem.Place)}" : "")}: {Markdown.Text(problem.What)} {Markdown.Text(problem.Mend)}"
            );
        More(found.Length, noun, "");
    }

    private void Outputs(ProposedChange change)
    {
        var moves = change.Effect.Outputs;
        if (moves.Count == 0)
            return;
        var criteria = change.Benchmark.Criteria.Select(c => Markdown.Code(c.Id.Value)).ToArray();
        var withInterval = moves.Take(_shown).Any(m => m.IntervalBefore is not null || m.IntervalAfter is not null);
        Table(
            $"Outputs that differ ({moves.Count})",
            ["output", "graders", "overall", .. withInterval ? ["95 % interval"] : Array.Empty<string>(), .. criteria, "rank"],
            moves
                .Take(_shown)
                .Select(m =>
                    (string[])
                        [
                            Name(m.Key),
                            Change(Whole(m.Before?.Graders ?? 0), Whole(m.After?.Graders ?? 0)),
                            Overall(m.Before?.Overall, m.After?.Overall),
                            .. withInterval
                                ? [Change(Interval(m.IntervalBefore), Interval(m.IntervalAfter))]
                                : Array.Empty<string>(),
                            .. criteria.Select((_, i) => Change(Number(At(m.Before, i)), Number(At(m.After, i)))),
                            Change(Whole(m.Before?.Rank), Whole(m.After?.Rank)),
                        ]
                ),
            moves.Count,
            "output",
            " The run's summary lists more."
        );
    }

    private void Models(IReadOnlyList<ModelMove> models)
    {
        if (models.Count == 0)
            return;
        Table(
            $"Models that differ ({models.Count})",
            ["model", "place", "could be", "overall"],
            models
                .Take(_shown)
                .Select(m =>
                    (string[])
                        [
                            Markdown.Code(m.Model),
                            Change(Whole(m.Before?.Rank), Whole(m.After?.Rank)),
                            Change(Between(m.Before), Between(m.After)),
                            Overall(m.Before?.Overall, m.After?.Overall),
                        ]
                ),
            models.Count,
            "model",
            ""
        );
    }

    // New flags are among the reasons; told apart are those of what a lead has settled, and those that went.
    private void Wanting(ConsensusEffect effect)
    {
        if (effect.Wanting.Count > 0)
        {
            Heading($"Needs another grader ({effect.Wanting.Count})");
            foreach (var output in effect.Wanting.Take(_shown))
                Line($"- {Name(output.Key)}: {Markdown.Text(string.Join("; ", output.Reasons))}");
            More(effect.Wanting.Count, "output", "");
        }
        var wanting = effect.Wanting.Select(w => w.Key).ToHashSet();
        FlagMove[] flags = [.. effect.Flags.Where(f => !f.Raised || !wanting.Contains(f.Key))];
        if (flags.Length == 0)
            return;
        Heading($"Flags: {effect.Flags.Count(f => f.Raised)} new, {effect.Flags.Count(f => !f.Raised)} cleared");
        foreach (var flag in flags.Take(_shown))
            Line(
                $"- {(flag.Raised ? "new" : "cleared")}: {Name(flag.Key)}, {Markdown.Code(flag.Criterion)}: {(flag.Reason.Length > 0 ? Markdown.Text(flag.Reason) : Names.Of(flag.Flag))}"
            );
        More(flags.Length, "flag", "");
    }

    private void Agreement(IReadOnlyList<AgreementMove> agreement)
    {
        if (!agreement.Any(IsMoved))
            return;
        Table(
            "Agreement (Krippendorff's alpha, 95 % interval)",
            ["criterion", "before", "after", "outputs"],
            agreement
                .Take(_shown)
                .Select(a =>
                    (string[])
                        [
                            Markdown.Code(a.Criterion.Value),
                            Alpha(a.Before?.Estimate),
                            Alpha(a.After?.Estimate),
                            Change(Whole(a.Before?.Items ?? 0), Whole(a.After?.Items ?? 0)),
                        ]
                ),
            agreement.Count,
            "criterion",
            ""
        );
    }

    private IEnumerable<string> Footer()
    {
        var j = _judgement;
        if (j.Passed)
            yield return _notMerged is not null ? $"GitHub did not merge it: {Markdown.Text(_notMerged)}."
            : j.IsMergedByRule ? "CI merges it."
            : $"A person merges it: {string.Join("; ", j.AgainstMerging)}.";
        if (j.Signatures is { } s)
            yield return s.Verified > 0
                ? $"Signatures: {s.Verified} of {Judgement.Counted(s.Commits, "commit")} by {string.Join(", ", s.Signers.Take(5).Select(Markdown.Code))}{(s.WithSignature > s.Verified ? $", {s.WithSignature - s.Verified} that cannot be verified" : "")}."
                : $"Signatures: {(s.WithSignature > 0 ? $"{s.WithSignature} of {Judgement.Counted(s.Commits, "commit")}, none of which can be verified" : "none")}.";
        if (j.BaseErrors > 0)
            yield return $"The base has {Judgement.Counted(j.BaseErrors, "error")} of its own, so no consensus was computed.";
        if (j.Count(Severity.Notice) is var notices and > 0)
            yield return $"{Judgement.Counted(notices, "notice")} in the run's log.";
        yield return $"{Markdown.Code(Short(j.Proposal.Head))} on {Markdown.Code(Short(j.Proposal.Base))}; nothing of it was run.";
    }

    // Folded: whoever merges reads the words above, and opens what he doubts.
    private void Table(string heading, string[] header, IEnumerable<string[]> rows, int count, string noun, string where)
    {
        Line("");
        Line($"<details><summary>{heading}</summary>");
        Line("");
        Line($"| {string.Join(" | ", header)} |");
        Line($"|{string.Concat(Enumerable.Repeat(" --- |", header.Length))}");
        foreach (var row in rows)
            Line($"| {string.Join(" | ", row)} |");
        More(count, noun, where);
        Line("");
        Line("</details>");
    }

    private void Heading(string text)
    {
        Line("");
        Line($"**{text}**");
        Line("");
    }

    private void More(int count, string noun, string where)
    {
        if (count <= _shown)
            return;
        Line("");
        Line($"… and {(_shown == 0 ? Judgement.Counted(count, noun) : $"{count - _shown} more")}.{where}");
    }

    private void Line(string text) => _text.Append(text).Append('\n');

    private static string Name(OutputKey key) => $"{Markdown.Code(key.Challenge.Value)} {Markdown.Code(key.Model.Value)}";

    private static string Change(string before, string after) => before == after ? after : $"{before} → **{after}**";

    private static string Overall(double? before, double? after) =>
        Number(before) is var old && Number(after) is var now && old == now ? now
        : after - before is { } by ? $"{old} → **{now}** ({(by > 0 ? "+" : "")}{Number(by)})"
        : $"{old} → **{now}**";

    private static string Alpha(Estimate? estimate) =>
        estimate switch
        {
            { Value: { } value, Interval: { } i } => $"{Number(value)} ({Number(i.Low)} to {Number(i.High)})",
            { Value: { } value } => Number(value),
            _ => Nothing,
        };

    private static string Between(ModelRow? row) =>
        row?.RankLow is not { } low ? Nothing
        : low == row.RankHigh ? Whole(low)
        : $"{Whole(low)} to {Whole(row.RankHigh)}";

    private static string Interval(ConfidenceInterval? interval) =>
        interval is { } i ? $"{Number(i.Low)} to {Number(i.High)}" : Nothing;

    private static double? At(ResultRow? row, int criterion) =>
        row is not null && criterion < row.Criteria.Count ? row.Criteria[criterion] : null;

    private static string Number(double? value) => value is { } v ? NumberText.Of(Math.Round(v, 2)) : Nothing;

    private static string Whole(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? Nothing;

    private static string Short(string commit) => commit[..Math.Min(7, commit.Length)];
}
