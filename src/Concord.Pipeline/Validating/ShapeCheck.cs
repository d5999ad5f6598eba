using System.Text.Json;
using Concord.Pipeline.Datasets;

namespace Concord.Pipeline.Validating;

/// <summary>Whether a value is of the shape that its format gives it. What is null is <see cref="ColumnKinds"/>' to say.</summary>
internal static class ShapeCheck
{
    /// <summary>Whether it is; what is wrong is told once a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="path">Its name.</param>
    /// <param name="shape">What it should be.</param>
    /// <param name="findings">Takes what is wrong.</param>
    public static bool Holds(JsonElement value, string path, Shape shape, Findings findings)
    {
        if (value.ValueKind == JsonValueKind.Null)
            return false;
        switch (shape)
        {
            case Shape.TextShape:
                return value.ValueKind == JsonValueKind.String || Wrong(value, path, "a text", findings);
            case Shape.FlagShape:
                return value.ValueKind is JsonValueKind.True or JsonValueKind.False
                    || Wrong(value, path, "true or false, without quotes", findings);
            case Shape.WholeShape:
                return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _)
                    || Wrong(value, path, "a whole number", findings);
            case Shape.NumberShape:
                if (value.ValueKind != JsonValueKind.Number)
                    return Wrong(value, path, "a number", findings);
                if (ColumnKinds.IsWhole(value))
                    findings.Warning(
                        "whole-number",
                        $"'{path}' is written as the whole number {value.GetRawText()}.",
                        "Write 4.0 for 4: where the first rows have whole numbers only, loaders refuse or cut the others."
                    );
                return true;
            case Shape.ListShape list:
                if (value.ValueKind != JsonValueKind.Array)
                    return Wrong(value, path, "a list", findings);
                foreach (var element in value.EnumerateArray())
                    if (!Holds(element, $"{path}[]", list.Element, findings))
                        return false;
                return true;
            case Shape.RecordShape record:
                if (value.ValueKind != JsonValueKind.Object)
                    return Wrong(value, path, "a record", findings);
                foreach (var field in record.Fields)
                    if (!value.TryGetProperty(field.Name, out var inner))
                    {
                        findings.Error(
                            "missing-column",
                            $"'{path}' has no '{field.Name}'.",
                            $"Give it {string.Join(" and ", record.Fields.Select(f => $"'{f.Name}'"))}."
                        );
                        return false;
                    }
                    else if (!Holds(inner, $"{path}.{field.Name}", field.Shape, findings))
                        return false;
                return true;
            default:
                throw new ArgumentOutOfRangeException(nameof(shape), shape, "Not a shape.");
        }
    }

    private static bool Wrong(JsonElement value, string path, string wanted, Findings findings)
    {
        findings.Error(
            "wrong-type",
            $"'{path}' is {ColumnKinds.Name(value.ValueKind)}; the format has {wanted} there.",
            "Write it as the format wants it, or name another --format."
        );
        return false;
    }
}
