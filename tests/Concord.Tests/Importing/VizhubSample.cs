using System.Text;
using Concord.Core.Domain;
using Concord.Pipeline.Importing;

namespace Concord.Tests.Importing;

/// <summary>A small folder of vizhub's layout and a workspace to import it into, both temporary.</summary>
internal sealed class VizhubSample : IDisposable
{
    public const string Header = "challenge,model,passFail,grade,aesthetics,reviewedBy,reviewedAt,notes,type\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("concord-import-");

    public VizhubSample()
    {
        Put("challenges/bars/challenge.json", "{\"name\": \"Bars: of 'x'\", \"type\": \"visualization\"}");
        Put("challenges/bars/prompt.md", "Draw bars.\r\n");
        Put("challenges/bars/data.csv", "x\r\n1\r\n");
        Put("challenges/add/challenge.json", "{\"name\": \"add\"}");
        Put("challenges/add/prompt.md", "Add.");
        Put("results.csv", $"{Header}bars,v/a,pass,,,,,,visualization\nbars,v/b,,,,,,,visualization\nadd,v/a,fail,,,,,,\n");
        Put("llm_responses/bars/v/a/llmResponse.md", "**index.html**\r\n```\r\n<p>\r\n```");
        Put("llm_responses/bars/v/b/llmResponse.md", "**data.csv**\n```\nx\n2\n```\n**index.html**\n```\n<b>\n```");
        Put(
            "grades/eve.csv",
            "model,challenge,type,notes,grade,aesthetics,reviewedBy,reviewedAt,passFail\nv/a,bars,visualization,=1,0,,Eve Fox,2025-06-03T23:30:00.999-01:00,pass\n"
        );
    }

    public string Source => Path.Combine(_folder.FullName, "vizhub");

    public string Root => Path.Combine(_folder.FullName, "workspace");

    public void Put(string path, string text) => PutAt(Path.Combine(Source, path), text);

    public void PutInWorkspace(string path, string text) => PutAt(Path.Combine(Root, path), text);

    public string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public bool Has(string path) => File.Exists(Path.Combine(Root, path));

    public ImportSummary Import(Benchmark? benchmark = null) => Import(Source, benchmark);

    public ImportSummary Import(string source, Benchmark? benchmark = null)
    {
        Directory.CreateDirectory(Root);
        var known = Has("benchmarks/benchmark.yaml") ? VizhubBenchmark.Of(["v/a", "v/b"]) : null;
        return VizhubImport.Run(source, Root, benchmark ?? known, TestContext.Current.CancellationToken);
    }

    public string[] Mistakes()
    {
        var failure = Assert.Throws<ConcordException>(() => Import());
        Assert.All(failure.Problems, p => Assert.False(string.IsNullOrWhiteSpace(p.Mend)));
        return [.. failure.Problems.Select(p => $"{p.Place.Replace(Source + "/", "", StringComparison.Ordinal)} {p.Rule}")];
    }

    /// <summary>Every file of the workspace with its bytes, to compare.</summary>
    public Dictionary<string, string> Snapshot() =>
        !Directory.Exists(Root)
            ? []
            : Directory
                .EnumerateFiles(Root, "*", SearchOption.AllDirectories)
                .ToDictionary(f => Path.GetRelativePath(Root, f), f => Convert.ToHexString(File.ReadAllBytes(f)));

    public void Dispose() => _folder.Delete(recursive: true);

    private static void PutAt(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text, new UTF8Encoding(false));
    }
}
