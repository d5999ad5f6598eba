namespace Concord.Core.Domain.Preferences;

/// <summary>A current output with a consensus: one possible side of a preference pair.</summary>
/// <param name="Key">The challenge and the model.</param>
/// <param name="Id">The fingerprint of the output's files.</param>
/// <param name="Overall">Σ weight·consensus / Σ weight over the weighted criteria, in score units; finite.</param>
/// <param name="Criteria">The consensus of each criterion in rubric order, in score units; null where there is none.
/// Only criteria whose higher scores are better belong here.</param>
/// <param name="GraderOveralls">Each counted grader's own weighted mean, in score units; only graders who scored every
/// weighted criterion. Their number is the output's votes.</param>
/// <param name="Text">The reply's files in the fixed rendering (<see cref="ReplyRendering"/>).</param>
public sealed record Candidate(
    OutputKey Key,
    OutputId Id,
    double Overall,
    IReadOnlyList<double?> Criteria,
    IReadOnlyDictionary<GraderId, double> GraderOveralls,
    string Text
)
{
    /// <summary>Whether a lead decided some of its consensus.</summary>
    public bool Adjudicated { get; init; }

    /// <summary>The licence of the output, null where unknown.</summary>
    public string? License { get; init; }

    /// <summary>Whether that licence is open (<see cref="OpenLicense"/>); an unknown one is not.</summary>
    public bool OpenWeights => OpenLicense.Is(License);

    /// <summary>What was asked, or a digest of it; null where unknown. Pairs of two challenges are the same only if this is.</summary>
    public string? Prompt { get; init; }

    /// <summary>How many counted graders scored every weighted criterion, 0 or more.</summary>
    public int Votes => GraderOveralls.Count;

    /// <summary>How many graders scored both outputs, 0 or more.</summary>
    /// <param name="other">The other output.</param>
    /// <returns>The size of the intersection of the two sets of graders.</returns>
    public int CommonGraders(Candidate other) => GraderOveralls.Keys.Count(other.GraderOveralls.ContainsKey);
}
