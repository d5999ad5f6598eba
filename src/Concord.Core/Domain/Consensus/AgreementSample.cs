using Concord.Core.Statistics;
using Concord.Core.Statistics.Agreement;
using Concord.Core.Statistics.RaterModels;

namespace Concord.Core.Domain.Consensus;

/// <summary>The ratings that coefficients are computed from, with what several of them need made once.</summary>
internal sealed class AgreementSample(Ratings ratings, IReadOnlyList<AgreementDistance> within, AgreementWeights? custom)
{
    private readonly Dictionary<string, AgreementWeights> made = new(StringComparer.Ordinal);
    private VarianceComponents? components;
    private IReadOnlyList<IntraclassEstimate>? intraclass;

    public Ratings Ratings => ratings;

    public IReadOnlyList<AgreementDistance> Within => within;

    public bool HasCustom => custom is not null;

    public CountPatterns Patterns { get; } = CountPatterns.Of(ratings);

    /// <summary>The variances of items, raters and the rest, missing ratings allowed.</summary>
    public VarianceComponents Components => components ??= VarianceComponents.Of(ratings);

    /// <summary>How far apart ratings may be by weights of that name; null where they are no distance.</summary>
    public double? Distance(string weights) => within.FirstOrDefault(w => w.Weights == weights)?.Distance;

    public Estimate Intraclass(IntraclassForm form) =>
        (intraclass ??= IntraclassCorrelation.Of(ratings)).Single(icc => icc.Form == form).Estimate;

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
