namespace Concord.App.Host.Documents;

internal sealed record PeerDocument(
    string Grader,
    IReadOnlyDictionary<string, double?> Scores,
    string Notes,
    string Status,
    string GradedAt
);

/// <summary>How the graders of one output differ, and what leads decided so far.</summary>
internal sealed record AgreementDocument(IReadOnlyList<SplitDocument> Criteria, IReadOnlyList<PeerDocument> Decisions);

internal sealed record SplitDocument(
    string Criterion,
    int Graders,
    double? Median,
    double? Min,
    double? Max,
    double? Same,
    double? WithinStep,
    IReadOnlyList<string> Away
);
