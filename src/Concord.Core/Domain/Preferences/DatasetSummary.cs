using System.Runtime.InteropServices;
using Concord.Core.Statistics.Comparison;
using Concord.Core.Statistics.Summary;

namespace Concord.Core.Domain.Preferences;

/// <summary>What a dataset holds, gathered row by row: a few numbers are kept of each.</summary>
/// <param name="widestMargin">The width of the scale: the histogram of margins goes from 0 to it. Above 0.</param>
public sealed class DatasetSummary(double widestMargin = 5)
{
    private const int Bins = 10;

    private readonly List<double> _biasMargins = [];
    private readonly List<double> _biasDifferences = [];
    private readonly List<double> _ratios = [];
    private long _longer;

    /// <summary>Rows.</summary>
    public long Rows { get; private set; }

    /// <summary>Rows with two replies.</summary>
    public long Pairs { get; private set; }

    /// <summary>Rows that are estimated to have more tokens than <see cref="Lengths.DefaultMaxTokens"/>: what was asked with the longer reply.</summary>
    public long OverMaxTokens { get; private set; }

    /// <summary>By challenge.</summary>
    public NameCounts Challenges { get; } = new();

    /// <summary>By the model of the chosen reply, or of the only one.</summary>
    public NameCounts ChosenModels { get; } = new();

    /// <summary>By the model of the rejected reply.</summary>
    public NameCounts RejectedModels { get; } = new();

    /// <summary>By strategy.</summary>
    public NameCounts Strategies { get; } = new();

    /// <summary>By split.</summary>
    public NameCounts Splits { get; } = new();

    /// <summary>By label.</summary>
    public NameCounts Labels { get; } = new();

    /// <summary>Of the margins.</summary>
    public Histogram Margins { get; } = new(0, widestMargin, Bins);

    /// <summary>Of the confidence.</summary>
    public Histogram Confidences { get; } = new(0, 1, Bins);

    /// <summary>Of the agreement where it is defined.</summary>
    public Histogram Agreements { get; } = new(-1, 1, Bins);

    /// <summary>Rows whose agreement is undefined.</summary>
    public long AgreementUndefined { get; private set; }

    /// <summary>Of what was asked.</summary>
    public Lengths Prompt { get; } = new();

    /// <summary>Of the chosen replies, and of those alone.</summary>
    public Lengths Chosen { get; } = new();

    /// <summary>Of the rejected replies.</summary>
    public Lengths Rejected { get; } = new();

    /// <summary>Whether the longer reply is preferred. O(n log n).</summary>
    public LengthBias LengthBias =>
        new(
            Pairs,
            Pairs == 0 ? null : (double)_longer / Pairs,
            Median.Of(CollectionsMarshal.AsSpan(_ratios)),
            Correlation.Pearson(CollectionsMarshal.AsSpan(_biasDifferences), CollectionsMarshal.AsSpan(_biasMargins))
        );

    /// <summary>Takes a row.</summary>
    /// <param name="pair">Its numbers are finite.</param>
    public void Add(DatasetPair pair)
    {
        Rows++;
        Challenges.Add(pair.Challenge);
        ChosenModels.Add(pair.ChosenModel);
        RejectedModels.Add(pair.RejectedModel);
        Strategies.Add(pair.Strategy);
        Splits.Add(pair.Split);
        Labels.Add(pair.Label);
        if (pair.Margin is { } margin)
            Margins.Add(margin);
        if (pair.Confidence is { } confidence)
            Confidences.Add(confidence);
        if (pair.AgreementUndefined)
            AgreementUndefined++;
        else if (pair.Agreement is { } agreement)
            Agreements.Add(agreement);
        if (pair.PromptChars is { } prompt)
            Prompt.Add(prompt);
        Chosen.Add(pair.ChosenChars);
        if (pair.IsOverMaxTokens)
            OverMaxTokens++;
        if (pair.RejectedChars is { } rejected)
            AddPair(pair.ChosenChars, rejected, pair.Margin);
    }

    private void AddPair(int chosen, int rejected, double? margin)
    {
        Pairs++;
        Rejected.Add(rejected);
        if (chosen > rejected)
            _longer++;
        if (rejected > 0)
            _ratios.Add((double)chosen / rejected);
        if (margin is not { } value)
            return;
        _biasDifferences.Add((double)chosen - rejected);
        _biasMargins.Add(value);
    }
}
