namespace Concord.Core.Domain;

/// <summary>Who merges a pull request that only adds its author's grades and passes.</summary>
public enum MergePolicy
{
    /// <summary>A person.</summary>
    Manual,

    /// <summary>CI.</summary>
    Auto,
}
