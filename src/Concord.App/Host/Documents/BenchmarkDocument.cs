namespace Concord.App.Host.Documents;

internal sealed record BenchmarkDocument(string Name, string Title, IReadOnlyList<CriterionDocument> Criteria);

internal sealed record CriterionDocument(
    string Id,
    string Title,
    string Question,
    double Weight,
    ScaleDocument Scale,
    IReadOnlyDictionary<string, string> Anchors
);

internal sealed record ScaleDocument(double Min, double Max, double Step, string Level);
