namespace Concord.Core.Domain.Preferences;

/// <summary>Whether people, or what stands in for them, prefer the longer reply.</summary>
/// <param name="Pairs">How many pairs it rests on.</param>
/// <param name="ChosenLonger">The share of pairs whose chosen reply is the longer one, 0 to 1; null without pairs.</param>
/// <param name="MedianRatio">The median of chosen length by rejected length; null where no rejected reply has any.</param>
/// <param name="MarginCorrelation">Pearson's correlation of the difference of lengths and the margin, −1 to 1; null below two
/// pairs with a margin, and where one of them does not vary.</param>
public sealed record LengthBias(long Pairs, double? ChosenLonger, double? MedianRatio, double? MarginCorrelation);
