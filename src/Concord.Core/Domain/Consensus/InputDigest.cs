using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Concord.Core.Domain.Consensus;

/// <summary>SHA-256 of everything that the consensus depends on, in a canonical form: the order of rows does not matter.</summary>
internal static class InputDigest
{
    public static string Of(Workspace workspace, ConsensusPolicy policy, bool includeStale, Adjudication adjudication)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var benchmark = workspace.Benchmark;
        Line(
            "policy",
            Names.Of(policy.Method),
            policy.MinGraders,
            policy.Trim,
            Names.Of(policy.FailedOutputs),
            policy.Bootstrap,
            policy.Seed,
            includeStale,
            Names.Of(policy.RaterModel),
            Names.Of(policy.Queue)
        );
        Line("benchmark", benchmark.Title);
        Line("flags", benchmark.Flags.Range, benchmark.Flags.ExpectedLoss);
        foreach (var c in benchmark.Criteria)
            Line("criterion", c.Id, c.Title, c.Scale.Min, c.Scale.Max, c.Scale.Step, Names.Of(c.Scale.Level), c.Weight);
        foreach (var g in workspace.Graders.Values.OrderBy(g => g.Id))
            Line("grader", g.Id, Names.Of(g.Kind), g.Weight);
        foreach (var c in workspace.Challenges)
            Line("challenge", c.Id, c.Digest);
        foreach (var o in workspace.Outputs)
        {
            Line("output", o.Key.Challenge, o.Key.Model, o.Id, o.Failure, o.ChallengeDigest);
            foreach (var c in o.Checks.OrderBy(c => c.Name, StringComparer.Ordinal))
                Line("check", c.Name, c.Passed, c.Value, c.Detail);
            if (o.StaleChecks > 0)
                Line("stale checks", o.StaleChecks);
        }
        foreach (var sheet in workspace.Sheets)
        {
            Line("sheet", sheet.FileName, Convert.ToHexStringLower(sheet.Grades.Digest));
        }
        // Decisions by what they do: one that was taken back leaves no trace, as if it had never been.
        if (!adjudication.IsEmpty)
            Line("decisions", adjudication.Stale, adjudication.Unknown, adjudication.Foreign);
        foreach (var d in adjudication.Standing)
            Line(
                [
                    "decision",
                    d.Lead,
                    d.Grade.Key.Challenge,
                    d.Grade.Key.Model,
                    d.Grade.Notes,
                    Timestamp.Of(d.Grade.GradedAt),
                    .. d.Grade.Scores.Select(s => (object?)s),
                ]
            );
        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Line(params ReadOnlySpan<object?> parts)
        {
            foreach (var part in parts)
            {
                var bytes = Encoding.UTF8.GetBytes(
                    part is double number ? NumberText.Of(number) : Convert.ToString(part, CultureInfo.InvariantCulture) ?? ""
                );
                hash.AppendData(Encoding.ASCII.GetBytes($"{bytes.Length}:"));
                hash.AppendData(bytes);
            }
            hash.AppendData("\n"u8);
        }
    }
}
