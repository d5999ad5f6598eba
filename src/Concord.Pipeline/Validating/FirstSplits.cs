namespace Concord.Pipeline.Validating;

/// <summary>In which split each of many things was first.</summary>
/// <param name="most">How many are kept.</param>
internal sealed class FirstSplits(int most)
{
    private readonly Dictionary<ulong, byte> _first = [];
    private readonly HashSet<ulong> _told = [];

    /// <summary>The split that a thing was in before, where it is another one; null the second time.</summary>
    /// <param name="thing">A digest of it.</param>
    /// <param name="split">The number of the split that it is in.</param>
    public byte? Other(ulong thing, byte split)
    {
        if (_first.TryGetValue(thing, out var first))
            return first != split && _told.Add(thing) ? first : null;
        if (_first.Count < most)
            _first[thing] = split;
        return null;
    }
}
