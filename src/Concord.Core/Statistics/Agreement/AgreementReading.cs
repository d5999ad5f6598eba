namespace Concord.Core.Statistics.Agreement;

/// <summary>What a figure of agreement allows, in words.</summary>
public static class AgreementReading
{
    /// <summary>Reads alpha by the lower limit of its interval: "rely" from .800, "tentative" from .667, else "do not rely".</summary>
    /// <remarks>Source: Krippendorff (2004), "Content Analysis", second edition, section 11.4.2, who asks for the bound rather than the estimate to pass.</remarks>
    /// <returns>Null when there is no interval.</returns>
    public static string? OfAlpha(Estimate alpha)
    {
        ArgumentNullException.ThrowIfNull(alpha);
        return alpha.Interval?.Low switch
        {
            null => null,
            >= 0.800 => "rely",
            >= 0.667 => "tentative",
            _ => "do not rely",
        };
    }
}
