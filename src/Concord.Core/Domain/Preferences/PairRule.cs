namespace Concord.Core.Domain.Preferences;

/// <summary>The rules that leave outputs and pairs out, in the order in which they are applied.</summary>
public enum PairRule
{
    /// <summary>An output has too few votes.</summary>
    Votes,

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

    /// <summary>The two outputs are exact or near duplicates; such a pair is never emitted.</summary>
    Duplicates,

    /// <summary>The prompt has enough pairs already.</summary>
    Cap,
}
