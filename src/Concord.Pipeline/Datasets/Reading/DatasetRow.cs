using System.Text.Json;

namespace Concord.Pipeline.Datasets.Reading;

/// <summary>A row of a dataset, with its place.</summary>
/// <param name="File">The file as it was named.</param>
/// <param name="Line">Its line; in Parquet its row; from 1.</param>
/// <param name="Value">An object. It can be read until the next row is asked for; clone what is kept.</param>
public sealed record DatasetRow(string File, long Line, JsonElement Value);
