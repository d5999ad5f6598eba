using System.Globalization;

namespace Concord.Core.Statistics.Agreement;

/// <summary>What a matrix of weights that somebody wrote must be.</summary>
internal static class CustomWeights
{
    private const double Slack = 1e-9;

    public static void Check(IReadOnlyList<string> categories, IReadOnlyList<IReadOnlyList<double>> weights)
    {
        if (categories.Count is 0 or > AgreementWeights.MostCategories)
            throw Wrong($"A matrix of weights has 1 to {AgreementWeights.MostCategories} categories, not {categories.Count}.");
        if (categories.GroupBy(c => c, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw Wrong($"The category '{twice.Key}' stands twice.");
        if (weights.Count != categories.Count || weights.Any(row => row.Count != categories.Count))
            throw Wrong($"The matrix is not square with {categories.Count} rows and columns.");
        for (var a = 0; a < categories.Count; a++)
        for (var b = 0; b < categories.Count; b++)
        {
            var weight = weights[a][b];
            if (!(weight >= 0 && weight <= 1))
                throw Wrong($"The weight of {Pair(a, b)} is {Text(weight)}; weights are between 0 and 1.");
            if (a == b && Math.Abs(weight - 1) > Slack)
                throw Wrong($"The weight of {Pair(a, b)} is {Text(weight)}; a category agrees with itself by 1.");
            if (Math.Abs(weight - weights[b][a]) > Slack)
                throw Wrong(
                    $"The weight of {Pair(a, b)} is {Text(weight)} and that of {Pair(b, a)} {Text(weights[b][a])}; weights are symmetric."
                );
        }

        string Pair(int a, int b) => $"'{categories[a]}' and '{categories[b]}'";
    }

    /// <summary>For each category in use its row of the matrix.</summary>
    public static int[] Places(Ratings ratings, IReadOnlyList<string> categories)
    {
        var rows = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (place, category) in categories.Index())
        {
            var name = ratings.CategoryValues is not null && Number(category) is { } number ? Text(number) : category;
            if (!rows.TryAdd(name, place))
                throw Wrong($"The category '{category}' stands twice.");
        }
        return
        [
            .. ratings.Categories.Select(category =>
                rows.TryGetValue(category, out var place)
                    ? place
                    : throw Wrong($"The category '{category}' is in use and has no row in the matrix of weights.")
            ),
        ];
    }

    private static double? Number(string text) =>
        double.TryParse(
            text,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture,
            out var number
        ) && double.IsFinite(number)
            ? number + 0.0 // −0 becomes 0
            : null;

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static ArgumentException Wrong(string what) => new(what);
}
