using System.Runtime.CompilerServices;
using System.Text;

namespace Concord.Core.Statistics;

/// <summary>Makes one sorted table of what several builders collected.</summary>
/// <remarks>Everything is put by the ranks of names, so which builder collected what leaves no trace.</remarks>
internal sealed class RatingsJoin
{
    private const int WriteRanges = 4; // each reads every row and writes its own
    private const int SortRanges = 64; // more than processors, so that none waits long for the last

    private readonly IReadOnlyList<Utf8RatingsBuilder> parts;
    private readonly (int Part, RatingsBlock Block)[] pieces;
    private readonly int[][] raterRank;
    private readonly int[][] categoryRank;
    private readonly int[] raterOf;
    private readonly int[] categoryOf;

    private RatingsJoin(IReadOnlyList<Utf8RatingsBuilder> parts, int[][] raterRank, int[][] categoryRank)
    {
        (this.parts, this.raterRank, this.categoryRank) = (parts, raterRank, categoryRank);
        pieces = [.. parts.SelectMany((p, part) => p.Blocks.Select(b => (part, b))).OrderBy(piece => piece.b.Position)];
        var count = 0;
        foreach (var (_, block) in pieces)
            count = checked(count + block.Rater.Length);
        raterOf = GC.AllocateUninitializedArray<int>(count);
        categoryOf = GC.AllocateUninitializedArray<int>(count);
    }

    public static Ratings? Of(IReadOnlyList<Utf8RatingsBuilder> parts)
    {
        var (raters, raterRank) = Merge([.. parts.Select(p => p.Raters)]);
        var (labels, values, categoryRank) = Categories(parts);
        var join = new RatingsJoin(parts, raterRank, categoryRank);
        var (items, starts) = join.Concatenated() ?? join.Distributed();
        return join.SortWithinItems(starts)
            ? new Ratings(items, raters, labels, values, new(null, join.raterOf, join.categoryOf, starts))
            : null;
    }

    /// <summary>Where items ascend through the whole table their blocks need only be put in a row.</summary>
    /// <returns>Null where they do not.</returns>
    private (Utf8Names Items, int[] Starts)? Concatenated()
    {
        if (parts.Any(p => !p.InOrder))
            return null;
        var places = new (int Item, int Row, int Byte, int Skip)[pieces.Length];
        var (items, rows, length) = (0, 0, 0);
        for (var i = 0; i < pieces.Length; i++)
        {
            var (part, block) = pieces[i];
            var order = i == 0 ? -1 : NameOrder.Compare(Name(i - 1, pieces[i - 1].Block.RunItem[^1]), Name(i, block.RunItem[0]));
            if (order > 0)
                return null;
            var skip = order == 0 ? 1 : 0; // the item's ratings began in the block before
            places[i] = (items, rows, length, skip);
            items += block.RunItem.Length - skip;
            rows += block.Rater.Length;
            length = checked(length + NewNames(i, skip).Length);
        }

        var bytes = GC.AllocateUninitializedArray<byte>(length);
        var (nameStarts, starts) = (new int[items + 1], new int[items + 1]);
        (nameStarts[items], starts[items]) = (length, rows);
        Parallel.For(
            0,
            pieces.Length,
            i =>
            {
                var (part, block) = pieces[i];
                var (item, row, at, skip) = places[i];
                NewNames(i, skip).CopyTo(bytes.AsSpan(at));
                for (var run = skip; run < block.RunItem.Length; run++, item++)
                {
                    (starts[item], nameStarts[item]) = (row + block.RunStart[run], at);
                    at += Name(i, block.RunItem[run]).Length;
                }
                Put(block.Rater, raterRank[part], raterOf.AsSpan(row));
                Put(block.Category, categoryRank[part], categoryOf.AsSpan(row));
            }
        );
        return (new(bytes, nameStarts), starts);
    }

    /// <summary>A counting sort of the ratings by item.</summary>
    private (Utf8Names Items, int[] Starts) Distributed()
    {
        var (items, itemRank) = Merge([.. parts.Select(p => p.Items)]);
        var starts = new int[items.Count + 1];
        foreach (var (part, block) in pieces)
        {
            for (var run = 0; run < block.RunItem.Length; run++)
                starts[itemRank[part][block.RunItem[run]] + 1] += block.EndOfRun(run) - block.RunStart[run];
        }
        for (var i = 1; i < starts.Length; i++)
            starts[i] += starts[i - 1];
        var next = starts[..^1];
        Parallel.For(0, WriteRanges, range => Distribute(itemRank, next, Share(range, WriteRanges, items.Count)));
        return (items, starts);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Distribute(int[][] itemRank, int[] next, (int From, int To) items)
    {
        foreach (var (part, block) in pieces)
        {
            var (ofItem, ofRater, ofCategory) = (itemRank[part], raterRank[part], categoryRank[part]);
            for (var run = 0; run < block.RunItem.Length; run++)
            {
                var item = ofItem[block.RunItem[run]];
                if (item < items.From || item >= items.To)
                    continue;
                var end = block.EndOfRun(run);
                var place = next[item];
                for (var row = block.RunStart[run]; row < end; row++, place++)
                {
                    raterOf[place] = ofRater[block.Rater[row]];
                    categoryOf[place] = ofCategory[block.Category[row]];
                }
                next[item] = place;
            }
        }
    }

    /// <returns>False where a rater rated an item twice.</returns>
    private bool SortWithinItems(int[] starts)
    {
        var distinct = true;
        Parallel.For(
            0,
            SortRanges,
            range =>
            {
                var (from, to) = Share(range, SortRanges, starts.Length - 1);
                if (Volatile.Read(ref distinct) && !SortWithinItems(starts.AsSpan(from..(to + 1))))
                    Volatile.Write(ref distinct, false);
            }
        );
        return distinct;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool SortWithinItems(ReadOnlySpan<int> starts)
    {
        const int few = 32;
        for (var item = 1; item < starts.Length; item++)
        {
            var raters = raterOf.AsSpan(starts[item - 1]..starts[item]);
            var categories = categoryOf.AsSpan(starts[item - 1], raters.Length);
            if (raters.Length > few)
            {
                raters.Sort(categories);
                for (var i = 1; i < raters.Length; i++)
                    if (raters[i] == raters[i - 1])
                        return false;
                continue;
            }
            for (var i = 1; i < raters.Length; i++)
            {
                var (rater, category) = (raters[i], categories[i]);
                var place = i;
                for (; place > 0 && raters[place - 1] > rater; place--)
                    (raters[place], categories[place]) = (raters[place - 1], categories[place - 1]);
                if (place > 0 && raters[place - 1] == rater)
                    return false;
                (raters[place], categories[place]) = (rater, category);
            }
        }
        return true;
    }

    private ReadOnlySpan<byte> Name(int piece, int item) => parts[pieces[piece].Part].Items[item];

    private ReadOnlySpan<byte> NewNames(int piece, int skip)
    {
        var (part, block) = pieces[piece];
        return parts[part].Items.Row(block.RunItem[0] + skip, block.RunItem[^1] + 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Put(int[] ids, int[] rank, Span<int> into)
    {
        into = into[..ids.Length];
        for (var row = 0; row < ids.Length; row++)
            into[row] = rank[ids[row]];
    }

    /// <summary>The names of several tables in order, and for each table the rank of each id. The first table is added to.</summary>
    private static (Utf8Names Names, int[][] Rank) Merge(NameTable[] tables)
    {
        var all = tables is [var first, ..] ? first : new();
        var rank = new int[tables.Length][];
        for (var t = 0; t < tables.Length; t++)
        {
            if (t > 0)
                rank[t] = all.InternAll(tables[t]);
            else
                rank[t] = [.. Enumerable.Range(0, tables[t].Count)];
        }
        var order = NameOrder.Of(all);
        var rankOf = new int[order.Length];
        for (var i = 0; i < order.Length; i++)
            rankOf[order[i]] = i;
        foreach (var ids in rank)
        {
            for (var id = 0; id < ids.Length; id++)
                ids[id] = rankOf[ids[id]];
        }
        return (Utf8Names.Of(all, order), rank);
    }

    private static (string[] Labels, double[]? Values, int[][] Rank) Categories(IReadOnlyList<Utf8RatingsBuilder> parts)
    {
        var index = new CategoryIndex();
        var ids = new int[parts.Count][];
        for (var part = 0; part < ids.Length; part++)
        {
            ids[part] = new int[parts[part].Categories.Count];
            for (var id = 0; id < ids[part].Length; id++)
                ids[part][id] = index.IdOf(Encoding.UTF8.GetString(parts[part].Categories[id]));
        }
        var (labels, values, rank) = index.Sort();
        return (labels, values, Array.ConvertAll(ids, of => Array.ConvertAll(of, id => rank[id])));
    }

    private static (int From, int To) Share(int range, int ranges, int count) =>
        ((int)((long)count * range / ranges), (int)((long)count * (range + 1) / ranges));
}
