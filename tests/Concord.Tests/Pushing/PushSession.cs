using System.Security.Cryptography;
using System.Text.Json;
using Concord.Core.Domain;
using Concord.Pipeline.Pushing;
using Concord.Pipeline.Trees;
using Concord.Tests.Support;

namespace Concord.Tests.Pushing;

/// <summary>The real program before a fake Hub, with a dataset folder; its waits are remembered and not waited for.</summary>
public abstract class PushSession : IAsyncLifetime
{
    protected const string Name = "acme/pairs";
    protected const string List = "concord.json";
    protected const string Shard = "data/train-00000-of-00001.parquet";

    private protected FakeHub Hub { get; private set; } = null!;

    private protected TempFolder Folder { get; } = new();

    private protected SkippedTime Time { get; } = new();

    /// <summary>Whether the list is made of what the folder has, before each push.</summary>
    private protected bool IsListed { get; set; } = true;

    protected List<string> Told { get; } = [];

    protected Dictionary<string, string?> Environment { get; } = [];

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected FakeDataset Dataset => Hub.Datasets[Name];

    public async ValueTask InitializeAsync()
    {
        Hub = await FakeHub.StartAsync();
        Environment["HF_TOKEN"] = FakeHub.Token;
        Environment["HF_ENDPOINT"] = Hub.Url;
        Folder.Write("README.md", Card);
        Folder.Write("dataset_info.json", "{}\n");
        Folder.Write(Shard, Random(5000, seed: 1));
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Folder.Dispose();
        foreach (var line in Told)
            Assert.DoesNotContain(FakeHub.Token[3..], line, StringComparison.Ordinal);
        await Hub.DisposeAsync();
    }

    /// <summary>Lists the folder as an export does; the card as it was at first, for people write on theirs.</summary>
    protected void Export()
    {
        if (!IsListed)
            return;
        var files = Directory
            .EnumerateFiles(
                Folder.Path,
                "*",
                new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }
            )
            .Where(RegularFile.Is)
            .Select(f => Path.GetRelativePath(Folder.Path, f))
            .Where(p => p is not ("README.md" or List) && !p.Split('/').Any(n => n.StartsWith('.')))
            .Order(StringComparer.Ordinal)
            .Select(p =>
            {
                using var file = File.OpenRead(Folder[p]);
                return Listed(p, file.Length, Convert.ToHexStringLower(SHA256.HashData(file)));
            });
        WriteList([Listed("README.md", Card.Length, Sum(Card)), .. files]);
    }

    protected void WriteList(params object[] files) => Folder.Write(List, JsonSerializer.Serialize(new { schema = 1, files }));

    protected static object Listed(string path, long bytes, string sha256) =>
        new
        {
            path,
            bytes,
            sha256,
        };

    private static readonly byte[] Card = "---\nlicense: mit\n---\n# Pairs\n"u8.ToArray();

    protected async Task<PushOutcome> PushAsync(Func<PushOptions, PushOptions>? with = null)
    {
        Export();
        var options = new PushOptions(
            Name,
            Folder.Path,
            "1.0",
            name => Environment.GetValueOrDefault(name),
            Time,
            line =>
            {
                lock (Told)
                    Told.Add(line);
            }
        );
        var outcome = await new PushRun(with?.Invoke(options) ?? options).RunAsync(Cancellation);
        Assert.DoesNotContain(FakeHub.Token[3..], outcome.ToString(), StringComparison.Ordinal);
        return outcome;
    }

    protected async Task<Problem> FailAsync(Func<PushOptions, PushOptions>? with = null)
    {
        var failure = await Assert.ThrowsAsync<ConcordException>(() => PushAsync(with));
        var problem = Assert.Single(failure.Problems);
        Assert.DoesNotContain(FakeHub.Token[3..], failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("sig=leave", failure.ToString(), StringComparison.Ordinal);
        Assert.Matches(@"(?s)^[A-Z'].*\.$", problem.What);
        Assert.Matches(@"^[A-Z'].*\.$", problem.Mend);
        return problem;
    }

    private protected int Count(Func<HubCall, bool> which) => Hub.Calls.Count(which);

    private protected static bool IsPut(HubCall call) => call.Method == "PUT";

    /// <summary>Whether the branch has the folder's files to the byte.</summary>
    private protected void AssertPushed(FakeCommit commit)
    {
        foreach (var path in Directory.EnumerateFiles(Folder.Path, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(Folder.Path, path).Replace('\\', '/');
            var file = commit.Files[relative];
            Assert.Equal(File.ReadAllBytes(path), file.Bytes ?? Hub.Stored[file.LargeOid!]);
        }
    }

    protected static string Sum(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    protected static byte[] Random(int count, int seed)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
