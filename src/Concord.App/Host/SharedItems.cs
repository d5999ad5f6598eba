using Concord.App.Host.Documents;
using Concord.Core.Domain;
using Concord.Core.Domain.Consensus;

namespace Concord.App.Host;

/// <summary>How a grader agrees with the others on what the grader has graded; nothing of outputs that are still open.</summary>
internal static class SharedItems
{
    public static IReadOnlyList<SharedAgreement> Agreement(Workspace workspace, GraderId grader, IReadOnlyList<Grade> own)
    {
        var graded = own.Select(g => g.Key).ToHashSet();
        var others = workspace.Sheets.Where(s => s.Grader != grader);
        var shared = workspace with
        {
            Outputs = [.. workspace.Outputs.Where(o => graded.Contains(o.Key))],
            Sheets = own.Count == 0 ? [.. others] : [.. others, new(grader, DateOnly.MaxValue, GradeTable.Of(own))],
            DecisionSheets = [],
        };
        var rows = ConsensusTables
            .Of(shared, workspace.Benchmark.Consensus with { Bootstrap = 0 })
            .Agreement.Where(r => r.Coefficient == AgreementCoefficient.Alpha)
            .ToLookup(r => r.Criterion);
        return
        [
            .. workspace.Benchmark.Criteria.Select(c =>
                rows[c.Id].FirstOrDefault(r => r.Weights == Names.Of(c.Scale.Level)) is { } row
                    ? new SharedAgreement(
                        c.Id.Value,
                        row.Items,
                        row.Coefficient,
                        row.Estimate.Value,
                        row.Estimate.UndefinedBecause
                    )
                    : new SharedAgreement(c.Id.Value, 0, AgreementCoefficient.Alpha, null, "nothing is graded yet")
            ),
        ];
    }
}
