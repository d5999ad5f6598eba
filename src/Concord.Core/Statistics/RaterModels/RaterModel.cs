namespace Concord.Core.Statistics.RaterModels;

/// <summary>How the true class of an item is inferred from who rated it how.</summary>
public enum RaterModel
{
    /// <summary>Every rating counts the same; the class is the one named most often.</summary>
    Majority,

    /// <summary>Each rater has a confusion matrix, estimated by EM. Source: Dawid and Skene (1979).</summary>
    Ds,

    /// <summary>As <see cref="Ds"/>, each confusion matrix shrunk to the pooled one.</summary>
    DsShrunken,

    /// <summary>Each rater has one accuracy and errs evenly among the other classes.</summary>
    OneCoin,

    /// <summary>Each rater has one precision, and errs the less likely the further off: for classes that are numbers.</summary>
    Laplace,

    /// <summary>Each rater knows the class or spams by an own distribution. Source: Hovy et al. (2013).</summary>
    Mace,

    /// <summary>Each rater has an ability and each item a difficulty. Source: Whitehill et al. (2009).</summary>
    Glad,

    /// <summary>Worker agreement with aggregate: a vote weighted by each rater's agreement with the plain majority.</summary>
    Wawa,

    /// <summary>Zero-based skill: a weighted vote whose weights are stepped towards the agreement with its own outcome.</summary>
    Zbs,
}
