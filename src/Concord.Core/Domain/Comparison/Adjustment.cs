using Concord.Core.Statistics.Comparison;

namespace Concord.Core.Domain.Comparison;

/// <summary>How p-values of several pairs of models are adjusted.</summary>
public enum Adjustment
{
    /// <summary><see cref="Holm"/>: for comparisons that were planned.</summary>
    Holm,

    /// <summary><see cref="BenjaminiHochberg"/>: for many, where some false findings among the true are bearable.</summary>
    Bh,

    /// <summary>Not at all.</summary>
    None,
}
