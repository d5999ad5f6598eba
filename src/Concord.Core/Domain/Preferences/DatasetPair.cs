namespace Concord.Core.Domain.Preferences;

/// <summary>What a summary takes of a row of a dataset: a pair, or an output alone. What the row does not say is null.</summary>
/// <param name="ChosenChars">The length of the chosen reply, or of the only one, in UTF-16 units; 0 or more.</param>
/// <param name="RejectedChars">The length of the rejected reply; null for an output alone.</param>
public readonly record struct DatasetPair(int ChosenChars, int? RejectedChars)
{
    /// <summary>The length of what was asked, in UTF-16 units; 0 or more.</summary>
    public int? PromptChars { get; init; }

    /// <summary>The challenge.</summary>
    public string? Challenge { get; init; }

    /// <summary>The model of the chosen reply, or of the only one.</summary>
    public string? ChosenModel { get; init; }

    /// <summary>The model of the rejected reply.</summary>
    public string? RejectedModel { get; init; }

    /// <summary>Which outputs were compared.</summary>
    public string? Strategy { get; init; }

    /// <summary>The split.</summary>
    public string? Split { get; init; }

    /// <summary>Whether an output alone is good or bad.</summary>
    public string? Label { get; init; }

    /// <summary>The difference of the scores, in score units; finite.</summary>
    public double? Margin { get; init; }

    /// <summary>How sure the preference is, 0 to 1.</summary>
    public double? Confidence { get; init; }

    /// <summary>How far graders agree, −1 to 1; null where it is undefined, too.</summary>
    public double? Agreement { get; init; }

    /// <summary>Whether the row says that its agreement is undefined.</summary>
    public bool AgreementUndefined { get; init; }

    /// <summary>Whether what was asked, with the longer reply, is estimated to have more tokens than <see cref="Lengths.DefaultMaxTokens"/>.</summary>
    public bool IsOverMaxTokens =>
        Lengths.Tokens((long)(PromptChars ?? 0) + Math.Max(ChosenChars, RejectedChars ?? 0)) > Lengths.DefaultMaxTokens;
}
