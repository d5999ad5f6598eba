namespace Concord.Core.Domain.Preferences;

/// <summary>Knows pairs with the same prompt and the same two texts: of challenges that ask the same, and of samples that say the same.</summary>
/// <param name="sayings">What outputs say, shared by those that are held against each other.</param>
internal sealed class RepeatedPairs(Sayings sayings)
{
    private readonly HashSet<(int, int)> taken = [];

    public bool Contains(PreferencePair pair) => sayings.Repeat && Said(pair) is { } said && taken.Contains(said);

    /// <summary>Takes a pair in.</summary>
    /// <returns>False where an earlier one is the same. Where it is not known what was asked, none is.</returns>
    public bool Add(PreferencePair pair) => !sayings.Repeat || Said(pair) is not { } said || taken.Add(said);

    private (int, int)? Said(PreferencePair pair) =>
        sayings.Of(pair.Chosen) is { } chosen && sayings.Of(pair.Rejected) is { } rejected ? (chosen, rejected) : null;
}
