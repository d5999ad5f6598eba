namespace Concord.Core.Statistics.Agreement;

/// <summary>How much two different categories agree.</summary>
/// <remarks>Source: Gwet (2014), "Handbook of Inter-Rater Reliability", fourth edition, chapter 3. Equal categories agree fully throughout,
/// and where distances count they are those of the categories' values in relation to the largest.</remarks>
public enum AgreementWeighting
{
    /// <summary>Not at all.</summary>
    Unweighted,

    /// <summary>1 less the distance.</summary>
    Linear,

    /// <summary>1 less the squared distance.</summary>
    Quadratic,

    /// <summary>1 less the number of pairs of categories from the one to the other, of all pairs. Not Krippendorff's ordinal metric.</summary>
    Ordinal,

    /// <summary>1 less the squared quotient of difference and sum. Needs values above zero.</summary>
    Ratio,

    /// <summary>1 less the square root of the distance.</summary>
    Radical,

    /// <summary>As quadratic, with differences near the ends of the scale counting more.</summary>
    Bipolar,

    /// <summary>By the squared sine of the distance on a circle whose ends are one unit apart.</summary>
    Circular,
}
