namespace Concord.Core.Domain;

/// <summary>What an output that a model failed to produce counts for the model.</summary>
public enum FailedOutputs
{
    /// <summary>Nothing; the number of failures is shown beside the score.</summary>
    Exclude,

    /// <summary>The lowest score of every criterion.</summary>
    Minimum,
}
