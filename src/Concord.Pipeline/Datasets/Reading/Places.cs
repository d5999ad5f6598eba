namespace Concord.Pipeline.Datasets.Reading;

/// <summary>Rows as the places of problems have them.</summary>
internal static class Places
{
    /// <summary>The line of a row; null past what an <see cref="int"/> holds.</summary>
    public static int? LineOf(long line) => line <= int.MaxValue ? (int)line : null;
}
