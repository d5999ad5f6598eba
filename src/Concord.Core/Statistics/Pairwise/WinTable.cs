using System.Runtime.InteropServices;

namespace Concord.Core.Statistics.Pairwise;

/// <summary>How often one of two beat the other.</summary>
/// <param name="Left">Index of the first; at home, where that matters.</param>
/// <param name="Right">Index of the second.</param>
/// <param name="WinsLeft">Wins of the first, finite, 0 or more.</param>
/// <param name="WinsRight">Wins of the second, finite, 0 or more.</param>
/// <param name="Ties">Comparisons without a winner, finite, 0 or more.</param>
public readonly record struct WinPair(int Left, int Right, double WinsLeft, double WinsRight, double Ties)
{
    /// <summary>All comparisons of the two in this order.</summary>
    public double Total => WinsLeft + WinsRight + Ties;

    /// <summary>The first's wins and half the ties.</summary>
    public double Score => WinsLeft + (Ties / 2);
}

/// <summary>Who beat whom how often: only pairs that met are kept, however many items there are.</summary>
public sealed class WinTable
{
    private WinTable(IReadOnlyList<string> items, IReadOnlyList<WinPair> pairs) => (Items, Pairs) = (items, pairs);

    /// <summary>The names, sorted ordinally.</summary>
    public IReadOnlyList<string> Items { get; }

    /// <summary>One entry for each ordered pair that met, sorted by left, then right.</summary>
    public IReadOnlyList<WinPair> Pairs { get; }

    /// <summary>Gathers comparisons in any order, and sums those of the same ordered pair.</summary>
    public sealed class Builder
    {
        private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
        private readonly Dictionary<(int, int), WinPair> _pairs = [];

        /// <summary>Makes an item known that may have no comparison.</summary>
        /// <param name="item">The name.</param>
        /// <returns>This builder.</returns>
        public Builder Know(string item)
        {
            IdOf(item);
            return this;
        }

        /// <summary>Adds comparisons of two.</summary>
        /// <param name="left">The first; at home, where that matters.</param>
        /// <param name="right">The second.</param>
        /// <param name="winsLeft">Wins of the first.</param>
        /// <param name="winsRight">Wins of the second.</param>
        /// <param name="ties">Comparisons without a winner.</param>
        /// <returns>This builder.</returns>
        /// <exception cref="ArgumentException">The two are the same.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A count is negative or not finite.</exception>
        public Builder Add(string left, string right, double winsLeft, double winsRight, double ties = 0)
        {
            if (left == right)
                throw new ArgumentException($"'{left}' is compared with itself.", nameof(right));
            foreach (var count in new[] { winsLeft, winsRight, ties })
                if (!(count >= 0 && double.IsFinite(count)))
                    throw new ArgumentOutOfRangeException(nameof(winsLeft), count, "A count is finite, 0 or more.");
            var key = (IdOf(left), IdOf(right));
            if (winsLeft + winsRight + ties == 0)
                return this;
            ref var pair = ref CollectionsMarshal.GetValueRefOrAddDefault(_pairs, key, out _);
            pair = new(key.Item1, key.Item2, pair.WinsLeft + winsLeft, pair.WinsRight + winsRight, pair.Ties + ties);
            return this;
        }

        /// <summary>The table.</summary>
        public WinTable Build()
        {
            string[] items = [.. _ids.Keys.Order(StringComparer.Ordinal)];
            var place = new int[items.Length];
            for (var i = 0; i < items.Length; i++)
                place[_ids[items[i]]] = i;
            return new(
                items,
                [
                    .. _pairs
                        .Values.Select(p => p with { Left = place[p.Left], Right = place[p.Right] })
                        .OrderBy(p => p.Left)
                        .ThenBy(p => p.Right),
                ]
            );
        }

        private int IdOf(string name)
        {
            if (!_ids.TryGetValue(name, out var id))
                _ids.Add(name, id = _ids.Count);
            return id;
        }
    }
}
