using System.Runtime.CompilerServices;

namespace Concord.Core.Statistics;

/// <summary>Collects ratings whose names are UTF-8 bytes, for tables too large for a string per name. Several may collect side by side,
/// each from some blocks of a table, and are then joined.</summary>
/// <remarks>
/// Where items come in ordinal order, as in a table sorted by item, no item is ever looked up. Unlike <see cref="RatingsBuilder"/>
/// this one finds out about a second rating of an item by a rater at the end, and does not say which it is.
/// </remarks>
/// <param name="seed">Of the hash tables of names, see <see cref="NameTable"/>; no result depends on it.</param>
public sealed class Utf8RatingsBuilder(ulong seed = 0)
{
    private const int MostPending = 256;

    private readonly int[] categoryOfByte = new int[256]; // 1 + id of a category of one byte
    private int[] rater = new int[1024];
    private int[] category = new int[1024];
    private int[] runItem = new int[256];
    private int[] runStart = new int[256];
    private int rows;
    private int runs;

    // The item of the row before.
    private byte[] last = new byte[64];
    private int lastLength = -1;

    // Items that are looked up together: their names, and the row at which each one's run begins.
    private readonly int[] pendingStarts = new int[MostPending + 1];
    private readonly int[] pendingRows = new int[MostPending];
    private readonly int[] pendingIds = new int[MostPending];
    private byte[] pendingNames = new byte[64 * MostPending];
    private int pending;

    internal NameTable Items { get; } = new(seed);

    internal NameTable Raters { get; } = new(seed);

    internal NameTable Categories { get; } = new(seed);

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
        if (rows == 0 || !item.SequenceEqual(last.AsSpan(0, lastLength)))
            StartRun(item);
        rater[rows] = Raters.Intern(by);
        var known = grade.Length == 1 ? categoryOfByte[grade[0]] : 0;
        category[rows++] = known > 0 ? known - 1 : CategoryOf(grade);
    }

    /// <summary>Ends a block of the table: what was added since the last one.</summary>
    /// <param name="position">Where the block stands in the table; ascending from call to call.</param>
    public void EndBlock(long position)
    {
        LookUp();
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
        if (InOrder)
        {
            var order = lastLength < 0 ? -1 : NameOrder.Compare(last.AsSpan(0, lastLength), item);
            if (order <= 0)
                AddRun(order < 0 ? Items.Append(item) : Items.Count - 1, rows);
            else
                InOrder = false;
        }
        if (!InOrder)
            Defer(item);
        if (item.Length > last.Length)
            last = new byte[2 * item.Length];
        item.CopyTo(last);
        lastLength = item.Length;
    }

    private void Defer(ReadOnlySpan<byte> item)
    {
        if (pending == MostPending)
            LookUp();
        var start = pendingStarts[pending];
        if (start + item.Length > pendingNames.Length)
            Array.Resize(ref pendingNames, 2 * (start + item.Length));
        item.CopyTo(pendingNames.AsSpan(start));
        pendingRows[pending++] = rows;
        pendingStarts[pending] = start + item.Length;
    }

    private void LookUp()
    {
        if (pending == 0)
            return; // items in order are in no hash table, and need none
        Items.Intern(pendingNames, pendingStarts, pendingIds.AsSpan(0, pending));
        for (var i = 0; i < pending; i++)
            AddRun(pendingIds[i], pendingRows[i]);
        pending = 0;
    }

    private void AddRun(int item, int row)
    {
        if (runs == runItem.Length)
        {
            Array.Resize(ref runItem, 2 * runs);
            Array.Resize(ref runStart, 2 * runs);
        }
        (runItem[runs], runStart[runs]) = (item, row);
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
