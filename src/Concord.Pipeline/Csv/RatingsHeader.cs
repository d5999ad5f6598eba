using Concord.Pipeline.Documents;

namespace Concord.Pipeline.Csv;

/// <summary>Where a ratings table has its columns.</summary>
/// <param name="Width">The number of columns.</param>
/// <param name="Item">The column of the item.</param>
/// <param name="Rater">The column of the rater.</param>
/// <param name="Grade">The column of the grade.</param>
/// <param name="Criterion">The column of the criterion; −1 where there is none.</param>
internal sealed record RatingsHeader(int Width, int Item, int Rater, int Grade, int Criterion)
{
    private static readonly string[] Columns = ["item", "rater", "grade", "criterion"];

    /// <summary>Reads the header.</summary>
    /// <param name="names">The names as they are written.</param>
    /// <param name="line">The header's line.</param>
    /// <param name="place">The line and column of a name.</param>
    /// <param name="problems">Takes what is wrong, and a note for ignored columns.</param>
    /// <returns>Null where it is in error.</returns>
    public static RatingsHeader? Read(
        IReadOnlyList<string> names,
        int line,
        Func<int, (int Line, int Column)> place,
        ProblemList problems
    )
    {
        int[] places = [-1, -1, -1, -1];
        var ignored = new List<string>();
        for (var field = 0; field < names.Count; field++)
        {
            var written = names[field].Trim();
            var name = written switch
            {
                "rating" => "grade",
                "dimension" => "criterion",
                _ => written,
            };
            var index = Array.IndexOf(Columns, name);
            var at = place(field);
            if (index < 0)
                ignored.Add(written);
            else if (places[index] >= 0)
                problems.Error(
                    "duplicate-column",
                    at.Line,
                    at.Column,
                    $"The column '{name}' stands twice.",
                    "Remove one of them."
                );
            else
                places[index] = field;
        }
        for (var i = 0; i < 3; i++)
            if (places[i] < 0)
                problems.Error(
                    "missing-column",
                    line,
                    null,
                    $"The column '{Columns[i]}' is missing.",
                    ignored.Count > 0
                        ? $"The header has {string.Join(", ", ignored)}; rename the one that is meant."
                        : "The header is item,rater,grade."
                );
        if (ignored.Count > 0 && !problems.HasErrors)
            problems.Note("ignored-column", line, null, $"Ignored columns: {string.Join(", ", ignored)}.", "");
        return problems.HasErrors ? null : new(names.Count, places[0], places[1], places[2], places[3]);
    }
}
