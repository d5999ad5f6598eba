namespace Concord.Core.Domain.Preferences;

/// <summary>How often each name occurs. Names beyond the first hundred thousand different ones are counted together.</summary>
public sealed class NameCounts
{
    private const int MostNames = 100_000;

    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>How many values bear a name beyond those that are told apart.</summary>
    public long Others { get; private set; }

    /// <summary>How many different names are told apart.</summary>
    public int Names => _counts.Count;

    /// <summary>The names, the most frequent first, then by their code units.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Sorted =>
        [.. _counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal)];

    /// <summary>Counts a name; null is none.</summary>
    /// <param name="name">The name.</param>
    public void Add(string? name)
    {
        if (name is null)
            return;
        if (_counts.TryGetValue(name, out var count))
            _counts[name] = count + 1;
        else if (_counts.Count < MostNames)
            _counts[name] = 1;
        else
            Others++;
    }
}
