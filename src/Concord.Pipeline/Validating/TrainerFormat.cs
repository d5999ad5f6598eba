using System.Text.Json;
using Concord.Pipeline.Datasets;

namespace Concord.Pipeline.Validating;

/// <summary>A column that a format has.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shapes">What it may be.</param>
/// <param name="Required">Whether every row has it.</param>
internal sealed record TrainerColumn(string Name, IReadOnlyList<Shape> Shapes, bool Required)
{
    /// <summary>The shape that a value comes closest to.</summary>
    public Shape ShapeOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? Shapes.FirstOrDefault(s => s is Shape.ListShape, Shapes[0]) : Shapes[0];
}

/// <summary>A format as its trainer reads it, whoever wrote the file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">Its columns; others may stand beside them.</param>
/// <param name="Rules">What else has to hold of a row whose columns are as they should be.</param>
internal sealed record TrainerFormat(string Name, IReadOnlyList<TrainerColumn> Columns, Action<JsonElement, Findings> Rules)
{
    /// <summary>Whether no other columns may stand there.</summary>
    public bool Closed { get; init; }

    /// <summary>What to know of it whatever the rows are; null where there is nothing.</summary>
    public (string Rule, string What, string Mend)? Note { get; init; }

    public bool Has(string column) => Columns.Any(c => c.Name == column);

    /// <summary>Checks a row's own columns, then what else has to hold.</summary>
    public void Check(JsonElement row, Findings findings)
    {
        var holds = true;
        foreach (var column in Columns)
            if (row.TryGetProperty(column.Name, out var value))
                holds &= ShapeCheck.Holds(value, column.Name, column.ShapeOf(value), findings);
            else if (column.Required)
            {
                holds = false;
                findings.Error(
                    "missing-column",
                    $"The row has no '{column.Name}', which {Name} needs.",
                    "Give every row the format's columns, or name another --format."
                );
            }
        if (Closed)
            foreach (var property in row.EnumerateObject())
                if (!Has(property.Name))
                    findings.Error(
                        "unknown-column",
                        $"'{property.Name}' is no column of {Name}, which refuses others.",
                        "Leave it out."
                    );
        if (holds)
            Rules(row, findings);
    }
}
