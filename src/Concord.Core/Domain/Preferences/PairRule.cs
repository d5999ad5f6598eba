namespace Concord.Core.Domain.Preferences;

/// <summary>The rules that leave outputs and pairs out, in the order in which they are applied.</summary>
public enum PairRule
{
    /// <summary>An output has too few votes.</summary>
    Votes,

    /// <summary>An output's licence is not known to be open.</summary>
    OpenWeights,

    /// <summary>An output has no text: only starter files as they were, or none that are text. No trainer takes an empty reply.</summary>
    Empty,

    /// <summary>Too few graders scored both outputs.</summary>
    CommonGraders,

    /// <summary>Both outputs have the same overall score; such a pair is never emitted.</summary>
    Ties,

    /// <summary>The overall scores are too close.</summary>
    Margin,

    /// <summary>The better output is not good enough.</summary>
    MinChosen,

    /// <summary>The better output is worse on some criterion.</summary>
    DimensionConflict,

    /// <summary>One text is too many times longer than the other.</summary>
    LengthRatio,

    /// <summary>It is not sure enough that people prefer the better output.</summary>
    MinConfidence,

    /// <summary>The two outputs are exact or near duplicates, or an earlier pair has the same prompt and texts; such a pair is never emitted.</summary>
    Duplicates,

    /// <summary>The prompt has enough pairs already.</summary>
    Cap,

    /// <summary>A model has too large a share of one side of the dataset.</summary>
    ModelShare,
}
