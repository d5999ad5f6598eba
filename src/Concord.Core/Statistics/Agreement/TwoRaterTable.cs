namespace Concord.Core.Statistics.Agreement;

/// <summary>How often two raters gave which two categories to the same item. Which of them is the first, the table decides.</summary>
internal sealed class TwoRaterTable
{
    private TwoRaterTable(List<(int Row, int Column, int Count)> cells, int categories)
    {
        Cells = cells;
        Rows = new double[categories];
        Columns = new double[categories];
        foreach (var (row, column, count) in cells)
        {
            Rows[row] += count;
            Columns[column] += count;
            Items += count;
        }
    }

    /// <summary>The cells that are not empty, by row, then column.</summary>
    public IReadOnlyList<(int Row, int Column, int Count)> Cells { get; }

    /// <summary>How often the first rater gave each category to an item that both rated.</summary>
    public double[] Rows { get; }

    /// <summary>How often the second did.</summary>
    public double[] Columns { get; }

    /// <summary>Items that both rated.</summary>
    public int Items { get; }

    /// <returns>Null where there are not two raters or they share no item.</returns>
    public static TwoRaterTable? Of(Ratings ratings, out string reason)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        reason = "";
        if (ratings.Raters.Count != 2)
        {
            reason = $"The coefficient compares two raters, and there are {ratings.Raters.Count}.";
            return null;
        }
        var pairs = new List<(int Row, int Column)>();
        for (var item = 0; item < ratings.Items.Count; item++)
        {
            var start = ratings.StartOfItem[item];
            if (ratings.StartOfItem[item + 1] - start == 2)
                pairs.Add((ratings.CategoryOf[start], ratings.CategoryOf[start + 1]));
        }
        if (pairs.Count == 0)
        {
            reason = "The two raters share no item, so there is nothing to compare.";
            return null;
        }
        pairs.Sort();
        // Which rater is the first is a matter of their names, which must not show in the last digit.
        List<(int Row, int Column)> turned = [.. pairs.Select(p => (p.Column, p.Row)).Order()];
        if (turned.Zip(pairs, (a, b) => a.CompareTo(b)).FirstOrDefault(order => order != 0) < 0)
            pairs = turned;
        var cells = new List<(int Row, int Column, int Count)>();
        for (int from = 0, to; from < pairs.Count; from = to)
        {
            for (to = from + 1; to < pairs.Count && pairs[to] == pairs[from]; )
                to++;
            cells.Add((pairs[from].Row, pairs[from].Column, to - from));
        }
        return new(cells, ratings.Categories.Count);
    }
}
