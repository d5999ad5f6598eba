namespace Concord.Core.Statistics.Agreement;

/// <summary>The six intraclass correlations of Shrout and Fleiss (1979): what raters are, and whether one rating or the mean of all is judged.</summary>
public enum IntraclassForm
{
    /// <summary>ICC(1,1): each item has raters of its own; the reliability of one rating.</summary>
    OneWaySingle,

    /// <summary>ICC(2,1): raters are a sample of many; the absolute agreement of one rating.</summary>
    TwoWayRandomSingle,

    /// <summary>ICC(3,1): these raters alone; the consistency of one rating, whatever a rater's bias.</summary>
    TwoWayMixedSingle,

    /// <summary>ICC(1,k): as ICC(1,1), for the mean of all k ratings.</summary>
    OneWayAverage,

    /// <summary>ICC(2,k): as ICC(2,1), for the mean of all k ratings.</summary>
    TwoWayRandomAverage,

    /// <summary>ICC(3,k): as ICC(3,1), for the mean of all k ratings; equal to Cronbach's alpha.</summary>
    TwoWayMixedAverage,
}
