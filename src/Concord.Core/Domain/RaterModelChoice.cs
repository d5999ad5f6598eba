namespace Concord.Core.Domain;

/// <summary>Which rater model stands behind the expected loss, and behind intervals that few scores alone cannot give.</summary>
public enum RaterModelChoice
{
    /// <summary>What the number of scores allows: <see cref="DsShrunken"/>, <see cref="Laplace"/>, of nominal scores <see cref="OneCoin"/>, or none.</summary>
    Auto,

    /// <summary>None: no expected loss, and no interval where the method has none.</summary>
    None,

    /// <summary>Dawid and Skene's.</summary>
    Ds,

    /// <summary>Dawid and Skene's with confusion matrices shrunk to the pooled one.</summary>
    DsShrunken,

    /// <summary>One accuracy a grader.</summary>
    OneCoin,

    /// <summary>One precision a grader, with errors the rarer the further off.</summary>
    Laplace,

    /// <summary>Graders who know or spam.</summary>
    Mace,

    /// <summary>Abilities and difficulties.</summary>
    Glad,
}
