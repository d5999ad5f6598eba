using System.Text.Json;
using Concord.Core.Domain;
using Concord.Pipeline.Documents;

namespace Concord.Pipeline.Judging;

/// <summary>What a run writes of a judgement: <c>result.json</c>, for programs. Nobody merges by it.</summary>
public static class JudgementFile
{
    private const int MostRows = 1000;

    /// <summary>The document, byte for byte.</summary>
    public static byte[] Of(Judgement judgement) =>
        CanonicalJson.Of(json =>
        {
            var (proposal, change) = (judgement.Proposal, judgement.Change);
            json.WriteNumber("schema", 1);
            json.WriteString("repository", proposal.Repository);
            if (proposal.Number is { } number)
                json.WriteNumber("number", number);
            else
                json.WriteNull("number");
            json.WriteString("head", proposal.Head);
            json.WriteString("base", proposal.Base);
            json.WriteString("author", proposal.Author);
            json.WriteString("verdict", judgement.Passed ? "passed" : "refused");
            json.WriteString("line", judgement.Line);
            Texts(json, "labels", judgement.Labels);
            json.WriteStartObject("merge");
            json.WriteBoolean("by_rule", judgement.IsMergedByRule);
            Texts(json, "against", judgement.AgainstMerging);
            json.WriteEndObject();
            Counts(json, judgement);
            if (change is not null)
                Effect(json, change);
            Reasons(json, judgement);
        });

    private static void Counts(Utf8JsonWriter json, Judgement judgement)
    {
        json.WriteNumber("errors", judgement.Count(Severity.Error));
        json.WriteNumber("warnings", judgement.Count(Severity.Warning));
        json.WriteNumber("notices", judgement.Count(Severity.Notice));
        json.WriteNumber("base_errors", judgement.BaseErrors);
        if (judgement.Signatures is not { } signatures)
            return;
        json.WriteStartObject("signatures");
        json.WriteNumber("commits", signatures.Commits);
        json.WriteNumber("signed", signatures.WithSignature);
        json.WriteNumber("verified", signatures.Verified);
        Texts(json, "signers", signatures.Signers);
        json.WriteEndObject();
    }

    private static void Effect(Utf8JsonWriter json, ProposedChange change)
    {
        json.WriteStartArray("grades");
        foreach (var move in change.Difference.Grades)
        {
            json.WriteStartObject();
            json.WriteString("grader", move.Grader.Value);
            json.WriteNumber("added", move.Added);
            json.WriteNumber("changed", move.Changed);
            json.WriteNumber("removed", move.Removed);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("outputs");
        foreach (var move in change.Effect.Outputs.Take(MostRows))
        {
            json.WriteStartObject();
            json.WriteString("challenge", move.Key.Challenge.Value);
            json.WriteString("model", move.Key.Model.Value);
            Number("move", move.Size);
            Number("overall_before", move.Before?.Overall);
            Number("overall_after", move.After?.Overall);
            Number("rank_before", move.Before?.Rank);
            Number("rank_after", move.After?.Rank);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("effect");
        json.WriteNumber("outputs", change.Effect.Outputs.Count);
        json.WriteNumber("models", change.Effect.Models.Count);
        json.WriteNumber("flags_new", change.Effect.Flags.Count(f => f.Raised));
        json.WriteNumber("flags_cleared", change.Effect.Flags.Count(f => !f.Raised));
        json.WriteNumber("need_another_grader", change.Effect.Wanting.Count);
        json.WriteStartArray("agreement");
        foreach (var agreement in change.Effect.Agreement)
        {
            json.WriteStartObject();
            json.WriteString("criterion", agreement.Criterion.Value);
            Number("before", agreement.Before?.Estimate.Value);
            Number("after", agreement.After?.Estimate.Value);
            Number("ci_low", agreement.After?.Estimate.Interval?.Low);
            Number("ci_high", agreement.After?.Estimate.Interval?.High);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();

        void Number(string name, double? value)
        {
            if (value is { } v)
                CanonicalJson.WriteNumber(json, name, v);
            else
                json.WriteNull(name);
        }
    }

    private static void Reasons(Utf8JsonWriter json, Judgement judgement)
    {
        json.WriteStartArray("reasons");
        foreach (var problem in judgement.Problems.Where(p => p.Severity != Severity.Notice).Take(MostRows))
        {
            json.WriteStartObject();
            json.WriteString("severity", Names.Of(problem.Severity));
            json.WriteString("rule", problem.Rule);
            json.WriteString("path", problem.Path);
            if (problem.Line is { } line)
                json.WriteNumber("line", line);
            json.WriteString("what", problem.What);
            json.WriteString("mend", problem.Mend);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
