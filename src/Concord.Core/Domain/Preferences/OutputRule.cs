namespace Concord.Core.Domain.Preferences;

/// <summary>The rules that leave outputs out where rows are outputs, in the order in which they are applied.</summary>
public enum OutputRule
{
    /// <summary>An output has too few votes.</summary>
    Votes,

    /// <summary>Its licence is not known to be an open one.</summary>
    OpenWeights,

    /// <summary>Its files say nothing that a model could learn from.</summary>
    Empty,

    /// <summary>It is neither good nor bad.</summary>
    Between,

    /// <summary>Another output of the challenge is better.</summary>
    NotBest,

    /// <summary>It is the best, and not good enough.</summary>
    MinChosen,
}
