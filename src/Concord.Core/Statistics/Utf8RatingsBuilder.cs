using System.Runtime.CompilerServices;

namespace Concord.Core.Statistics;

/// <summary>Collects ratings whose names are UTF-8 bytes, for tables too large for a string per name. Several may collect side by side,
/// each from some blocks of a table, and are then joined.</summary>
/// <remarks>
/// Where items come in ordinal order, as in a table sorted by item, no item is ever looked up. Unlike <see cref="RatingsBuilder"/>
/// this one finds out about a second rating of an item by a rater at the end, and does not say which it is.
/// </remarks>
public sealed class Utf8RatingsBuilder
{
    private readonly int[] categoryOfByte = new int[256]; // 1 + id of a category of one byte
    private int[] rater = new int[1024];
    private int[] category = new int[1024];
    private int[] runItem = new int[256];
    private int[] runStart = new int[256];
    private int rows;
    private int runs;
    private int current = -1;

    internal NameTable Items { get; } = new();

    internal NameTable Raters { get; } = new();

    internal NameTable Categories { get; } = new();

    /// <summary>Whether each item came after the one before, so that ids are ranks.</summary>
    internal bool InOrder { get; private set; } = true;

    internal List<RatingsBlock> Blocks { get; } = [];

    /// <summary>Adds a rating.</summary>
    /// <param name="item">What was rated: valid UTF-8.</param>
    /// <param name="by">Who rated it: valid UTF-8.</param>
    /// <param name="grade">The category: valid UTF-8.</param>
    /// <exception cref="OverflowException">The names have more bytes than an array holds.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ReadOnlySpan<byte> item, ReadOnlySpan<byte> by, ReadOnlySpan<byte> grade)
    {
        if (rows == rater.Length)
            GrowRows();
        if (runs == 0 || !item.SequenceEqual(Items[current]))
            StartRun(item);
        rater[rows] = Raters.Intern(by);
        var known = grade.Length == 1 ? categoryOfByte[grade[0]] : 0;
        category[rows++] = known > 0 ? known - 1 : CategoryOf(grade);
    }

    /// <summary>Ends a block of the table: what was added since the last one.</summary>
    /// <param name="position">Where the block stands in the table; ascending from call to call.</param>
    public void EndBlock(long position)
    {
        if (rows > 0)
            Blocks.Add(new(position, runItem[..runs], runStart[..runs], rater[..rows], category[..rows]));
        (rows, runs) = (0, 0);
    }

    /// <summary>The table of everything that several builders collected, whatever was collected by which.</summary>
    /// <param name="parts">The builders, which are used up.</param>
    /// <returns>The table; null where a rater rated an item twice.</returns>
    /// <exception cref="OverflowException">There are more ratings, or more bytes of names, than an array holds.</exception>
    public static Ratings? Join(IReadOnlyList<Utf8RatingsBuilder> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return RatingsJoin.Of(parts);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void StartRun(ReadOnlySpan<byte> item)
    {
        if (current < 0 || !item.SequenceEqual(Items[current]))
        {
            InOrder = InOrder && (current < 0 || NameOrder.Compare(Items[current], item) < 0);
            current = InOrder ? Items.Append(item) : Items.Intern(item);
        }
        if (runs == runItem.Length)
        {
            Array.Resize(ref runItem, 2 * runs);
            Array.Resize(ref runStart, 2 * runs);
        }
        (runItem[runs], runStart[runs]) = (current, rows);
        runs++;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int CategoryOf(ReadOnlySpan<byte> grade)
    {
        var id = Categories.Intern(grade);
        if (grade.Length == 1)
            categoryOfByte[grade[0]] = id + 1;
        return id;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void GrowRows()
    {
        Array.Resize(ref rater, checked(2 * rows));
        Array.Resize(ref category, 2 * rows);
    }
}

/// <summary>Some rows of a table in the order of the table: runs of the same item, and by row the rater and the category, all as ids of the builder.</summary>
internal sealed record RatingsBlock(long Position, int[] RunItem, int[] RunStart, int[] Rater, int[] Category)
{
    public int Rows => Rater.Length;

    public int EndOfRun(int run) => run + 1 < RunStart.Length ? RunStart[run + 1] : Rows;
}
