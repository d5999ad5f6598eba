namespace Concord.Core.Domain.Preferences;

/// <summary>How sure it is that people prefer the chosen output of a pair, and from what.</summary>
public enum ConfidenceMethod
{
    /// <summary>The graders who scored both outputs, and one win and one loss before any of them.</summary>
    Beta11,

    /// <summary>Those graders drawn anew: how often the chosen output has the higher mean.</summary>
    Bootstrap,

    /// <summary>The strengths that all comparisons within the challenge give its outputs.</summary>
    BradleyTerry,
}
