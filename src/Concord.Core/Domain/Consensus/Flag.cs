namespace Concord.Core.Domain.Consensus;

/// <summary>Why an output needs another look. The order is the order in which flags are written.</summary>
public enum Flag
{
    /// <summary>Fewer people graded it than the benchmark asks for.</summary>
    FewGraders,

    /// <summary>The highest and the lowest score are far apart.</summary>
    Range,

    /// <summary>The rater model expects the consensus to be off.</summary>
    ExpectedLoss,

    /// <summary>The graders fall into two camps.</summary>
    Bimodal,

    /// <summary>Somebody graded earlier files of it and not these.</summary>
    Stale,

    /// <summary>The challenge has changed since the model was asked.</summary>
    Outdated,

    /// <summary>A grader asks for another look.</summary>
    GraderFlagged,

    /// <summary>A lead decided.</summary>
    Adjudicated,
}
