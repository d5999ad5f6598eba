using Concord.Pipeline.Datasets;
using Concord.Tests.Support;

namespace Concord.Tests.Datasets;

/// <summary>A million rows take no more memory than a thousand.</summary>
[Trait("Category", "Soak")]
public sealed class MillionPairsTests : IDisposable
{
    private const int Rows = 1_000_000;
    private const int LookEvery = 10_000;
    private const long MostGrowth = 100_000_000;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(DatasetFile.Jsonl)]
    [InlineData(DatasetFile.JsonlGz)]
    [InlineData(DatasetFile.Parquet)]
    public void A_million_pairs_of_a_kilobyte_are_written_in_constant_memory(DatasetFile file)
    {
        using var shards = new Shards(
            _folder.Path,
            "train",
            file,
            SyntheticPairs.Shape,
            [HubFeatures.Metadata(SyntheticPairs.Shape)],
            256_000_000
        );
        var (begun, most, count) = (GC.GetTotalMemory(forceFullCollection: true), 0L, 0);
        foreach (var row in SyntheticPairs.Rows(Rows))
        {
            shards.Write(row);
            if (++count % LookEvery == 0)
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));
        }

        Assert.Equal(Rows, shards.Rows);
        Assert.NotEmpty(shards.Finish());
        Assert.True(most - begun < MostGrowth, $"{most - begun} bytes more than at the beginning.");
    }
}
