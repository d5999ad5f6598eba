using System.Text.Json.Serialization;
using Concord.Tests.Support;

namespace Concord.Tests.Datasets;

/// <summary>DuckDB, hyparquet and parquet-wasm; and a checker of JSON Schema.</summary>
internal static class DatasetReaders
{
    private static readonly NpmFolder Npm = new("tests/Concord.Tests/Datasets/Readers", "the readers of datasets");

    /// <summary>What each reader finds in a Parquet file, beside the same rows as JSON lines.</summary>
    public static Task<Dictionary<string, Reading>> CompareAsync(string parquet, string lines) =>
        Npm.RunAsync<Dictionary<string, Reading>>("compare.mjs", parquet, lines);

    /// <summary>Lets DuckDB write files into a folder, each as Parquet and as JSON lines.</summary>
    /// <returns>Their names without an end.</returns>
    public static Task<string[]> WriteAsync(string folder) => Npm.RunAsync<string[]>("write.mjs", folder);

    /// <summary>What DuckDB finds in JSON lines with explicit columns, beside the lines themselves.</summary>
    public static Task<Reading> LoadAsync(string lines, string columns) => Npm.RunAsync<Reading>("columns.mjs", lines, columns);

    /// <summary>What JSON lines break of a schema.</summary>
    /// <param name="schema">A file with a JSON Schema.</param>
    /// <param name="reference">Which part of it, such as <c>#/$defs/kto</c>; <c>#</c> for the whole.</param>
    /// <param name="lines">The file.</param>
    public static Task<string[]> BrokenAsync(string schema, string reference, string lines) =>
        Npm.RunAsync<string[]>("schema.mjs", schema, reference, lines);

    /// <param name="Rows">How many rows it found.</param>
    /// <param name="Differs">The first that is another; null where all are the same.</param>
    internal sealed record Reading(
        [property: JsonPropertyName("rows")] int Rows,
        [property: JsonPropertyName("differs")] string? Differs
    );
}
