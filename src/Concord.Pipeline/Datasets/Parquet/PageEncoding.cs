namespace Concord.Pipeline.Datasets.Parquet;

/// <summary>How values lie in a page, by Parquet's numbers.</summary>
internal enum PageEncoding
{
    Plain = 0,
    Hybrid = 3,
    Dictionary = 8,
}
