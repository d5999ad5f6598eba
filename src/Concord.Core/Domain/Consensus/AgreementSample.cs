using Concord.Core.Statistics;
using Concord.Core.Statistics.Agreement;

namespace Concord.Core.Domain.Consensus;

/// <summary>The ratings that coefficients are computed from, with what several of them need made once.</summary>
internal sealed class AgreementSample(Ratings ratings, double? within, AgreementWeights? custom)
{
    private readonly Dictionary<string, AgreementWeights> made = new(StringComparer.Ordinal);

    public Ratings Ratings => ratings;

    public CountPatterns Patterns { get; } = CountPatterns.Of(ratings);

    /// <summary>How far apart ratings of <c>within-1</c> may be.</summary>
    public double Distance => within ?? throw new InvalidOperationException("There is no distance.");

    public AgreementWeights Weights(string name)
    {
        if (name == AgreementWeights.CustomName)
            return custom ?? throw new InvalidOperationException("There are no weights of one's own.");
        if (!made.TryGetValue(name, out var weights))
        {
            if (!Names.TryParse<AgreementWeighting>(name, out var weighting))
                throw new ArgumentOutOfRangeException(nameof(name), name, "Unknown weighting.");
            made[name] = weights = AgreementWeights.Of(ratings, weighting);
        }
        return weights;
    }
}
