using Concord.Core.Domain;
using Concord.Core.Domain.Consensus;

namespace Concord.App.Commands;

/// <summary>The document of <c>concord consensus --json</c>: the tables of consensus/ with the same names.</summary>
internal static class ConsensusJson
{
    public static object Of(ConsensusTables tables, Benchmark benchmark, string? commit)
    {
        string[] criteria = [.. benchmark.Criteria.Select(c => c.Id.Value)];
        return new
        {
            Benchmark = benchmark.Name,
            Commit = commit,
            Method = Names.Of(tables.Policy.Method),
            tables.InputsDigest,
            RaterModels = tables.RaterModels.Select(m => new
            {
                Criterion = m.Criterion.Value,
                Model = m.Model.Length > 0 ? m.Model : null,
                m.Iterations,
                m.Converged,
                Start = m.Iterations == 0 ? null
                : m.IsWarm ? "warm"
                : "cold",
                m.NoneBecause,
            }),
            Counts = new
            {
                tables.Ballot.Graded,
                tables.Ballot.Skipped,
                tables.Ballot.Superseded,
                tables.Ballot.Stale,
                tables.Ballot.Unknown,
                Decisions = new
                {
                    Standing = tables.Adjudication.Standing.Count,
                    tables.Adjudication.Stale,
                    tables.Adjudication.Unknown,
                    NotByLeads = tables.Adjudication.Foreign,
                },
            },
            Adjudicated = tables.Adjudication.Rulings.Select(r => new
            {
                Challenge = r.Key.Challenge.Value,
                Model = r.Key.Model.Value,
                Output = r.Output.Value,
                Criterion = r.Criterion.Value,
                r.Score,
                Lead = r.Decision.Lead.Value,
                Reason = r.Decision.Grade.Notes,
                DecidedAt = Timestamp.Of(r.Decision.Grade.GradedAt),
                Overruled = r.Overruled.Select(d => new
                {
                    Lead = d.Lead.Value,
                    Score = d.Grade.Scores[r.Place],
                    DecidedAt = Timestamp.Of(d.Grade.GradedAt),
                }),
            }),
            Consensus = tables.Consensus.Select(r => new
            {
                Challenge = r.Key.Challenge.Value,
                Model = r.Key.Model.Value,
                Output = r.Output.Value,
                r.Criterion,
                r.Graders,
                r.Consensus,
                r.Median,
                r.Mean,
                r.Sd,
                r.Min,
                r.Max,
                CiLow = r.Interval?.Low,
                CiHigh = r.Interval?.High,
                CiMethod = r.IntervalMethod.Length > 0 ? r.IntervalMethod : null,
                r.ExpectedLoss,
                Flags = r.Flags.Select(f => Names.Of(f)),
            }),
            Results = tables.Results.Select(r => new
            {
                r.Rank,
                Challenge = r.Key.Challenge.Value,
                Model = r.Key.Model.Value,
                Output = r.Output.Value,
                r.Graders,
                r.Overall,
                Criteria = ByCriterion(criteria, r.Criteria),
                Flags = r.Flags.Select(f => Names.Of(f)),
            }),
            Models = tables.Models.Select(r => new
            {
                r.Rank,
                r.RankLow,
                r.RankHigh,
                r.Model,
                r.Outputs,
                r.Failed,
                r.Graders,
                r.Overall,
                CiLow = r.Interval?.Low,
                CiHigh = r.Interval?.High,
                r.Adjudicated,
                Criteria = ByCriterion(criteria, r.Criteria),
            }),
            Agreement = tables.Agreement.Select(r => new
            {
                Criterion = r.Criterion.Value,
                r.Coefficient,
                r.Weights,
                r.Estimate.Value,
                CiLow = r.Estimate.Interval?.Low,
                CiHigh = r.Estimate.Interval?.High,
                r.Items,
                r.Raters,
                r.Ratings,
                r.Reading,
                r.Estimate.UndefinedBecause,
            }),
            Graders = tables.Graders.Select(r => new
            {
                Grader = r.Grader.Id.Value,
                Kind = Names.Of(r.Grader.Kind),
                Criterion = r.Criterion.Value,
                r.Graded,
                r.Mean,
                r.Bias,
                r.Mae,
                r.Rmse,
                r.Pearson,
                r.Spearman,
                r.AlphaWithout,
                r.Infit,
                r.Outfit,
                r.Weight,
            }),
            Review = tables.Review.Select(r => new
            {
                r.Rank,
                Challenge = r.Row.Key.Challenge.Value,
                Model = r.Row.Key.Model.Value,
                Output = r.Row.Output.Value,
                r.Row.Criterion,
                r.Row.Graders,
                r.Row.ExpectedLoss,
                r.Row.InformationGain,
                r.Reasons,
            }),
        };
    }

    private static Dictionary<string, double?> ByCriterion(string[] criteria, IReadOnlyList<double?> values) =>
        criteria.Zip(values).ToDictionary(c => c.First, c => c.Second);
}
