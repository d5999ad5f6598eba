namespace Concord.Core.Statistics.RaterModels;

/// <summary>Ratings as a crossing of two sides, items and raters: the side with more members is laid out one after the other, so that it
/// can be eliminated and a dense matrix is needed for the other alone.</summary>
internal sealed class CrossedDesign
{
    /// <summary>The most members of the smaller side: its matrix is inverted in each iteration.</summary>
    public const int MostDense = 1000;

    private CrossedDesign(Ratings ratings, GradeScale scale)
    {
        Scale = scale;
        ItemsAreMany = ratings.Items.Count >= ratings.Raters.Count;
        Few = Math.Min(ratings.Items.Count, ratings.Raters.Count);
        FewOf = new int[ratings.Count];
        Grades = new double[ratings.Count];
        CountOfFew = new int[Few];
        if (ItemsAreMany)
        {
            StartOfMany = ratings.StartOfItem.ToArray();
            for (var row = 0; row < ratings.Count; row++)
                Set(row, ratings.RaterOf[row], ratings.CategoryOf[row]);
            return;
        }
        StartOfMany = new int[ratings.Raters.Count + 1];
        foreach (var rater in ratings.RaterOf)
            StartOfMany[rater + 1]++;
        for (var rater = 0; rater < ratings.Raters.Count; rater++)
            StartOfMany[rater + 1] += StartOfMany[rater];
        var next = StartOfMany.AsSpan(..^1).ToArray();
        for (var row = 0; row < ratings.Count; row++)
            Set(next[ratings.RaterOf[row]]++, ratings.ItemOf[row], ratings.CategoryOf[row]);

        void Set(int place, int few, int category)
        {
            FewOf[place] = few;
            CountOfFew[few]++;
            Grades[place] = scale.Scaled[category];
        }
    }

    public GradeScale Scale { get; }

    /// <summary>Whether items are the side that is eliminated.</summary>
    public bool ItemsAreMany { get; }

    public int Many => StartOfMany.Length - 1;

    public int Few { get; }

    public int Count => Grades.Length;

    /// <summary>Where each member's ratings start, and one entry more.</summary>
    public int[] StartOfMany { get; }

    /// <summary>For each rating the member of the smaller side, ascending within a member of the larger.</summary>
    public int[] FewOf { get; }

    public int[] CountOfFew { get; }

    /// <summary>The grades, scaled.</summary>
    public double[] Grades { get; }

    public static CrossedDesign? Of(Ratings ratings, out string? why)
    {
        if (GradeScale.Of(ratings, out why) is not { } scale)
            return null;
        if (ratings.Items.Count < 2)
            why = "There is a single item, so nothing tells items apart.";
        else if (ratings.Raters.Count < 2)
            why = "There is a single rater, so nothing tells bias from quality.";
        else if (Math.Min(ratings.Items.Count, ratings.Raters.Count) > MostDense)
            why = $"There are more than {MostDense} items and more than {MostDense} raters, beyond what is computed.";
        else if (HasRepeats(ratings))
            why = "A rater rated an item repeatedly, and one rating each is asked for.";
        return why is null ? new(ratings, scale) : null;
    }

    // Ratings are sorted by item and then by rater.
    private static bool HasRepeats(Ratings ratings)
    {
        for (var item = 0; item < ratings.Items.Count; item++)
        for (var row = ratings.StartOfItem[item] + 1; row < ratings.StartOfItem[item + 1]; row++)
            if (ratings.RaterOf[row] == ratings.RaterOf[row - 1])
                return true;
        return false;
    }

    /// <summary>The parts between which no rater rated items of both: 1 when everything hangs together.</summary>
    public int Parts()
    {
        var sets = new DisjointSets(Few);
        var parts = Few;
        for (var many = 0; many < Many; many++)
        for (var row = StartOfMany[many] + 1; row < StartOfMany[many + 1]; row++)
            parts -= sets.Join(FewOf[row - 1], FewOf[row]) ? 1 : 0;
        return parts;
    }

    /// <summary>The smaller side's matrix after elimination of the larger: diag(counts) − Σ weight(size) 1 1′ over its members.</summary>
    public double[] Eliminated(Func<int, double> weight)
    {
        var matrix = new double[Few * Few];
        double ofAll = 0;
        for (var many = 0; many < Many; many++)
        {
            var members = FewOf.AsSpan(StartOfMany[many]..StartOfMany[many + 1]);
            var w = weight(members.Length);
            if (members.Length == Few)
            {
                // Complete tables would spend all their time here.
                ofAll += w;
                continue;
            }
            for (var i = 0; i < members.Length; i++)
            {
                var row = matrix.AsSpan(members[i] * Few, Few);
                foreach (var other in members[i..])
                    row[other] -= w;
            }
        }
        for (var i = 0; i < Few; i++)
        {
            matrix[i * Few + i] += CountOfFew[i];
            for (var j = i; j < Few; j++)
                matrix[j * Few + i] = matrix[i * Few + j] -= ofAll;
        }
        return matrix;
    }
}
