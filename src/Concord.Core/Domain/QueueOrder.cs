namespace Concord.Core.Domain;

/// <summary>What comes first in the review queue.</summary>
public enum QueueOrder
{
    /// <summary>Where the consensus is expected to be furthest off.</summary>
    ExpectedLoss,

    /// <summary>Where one more grade is expected to tell most.</summary>
    InformationGain,
}
