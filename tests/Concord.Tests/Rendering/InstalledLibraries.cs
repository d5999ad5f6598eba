using Concord.Pipeline.Workspaces;
using Concord.Tests.Support;

[assembly: AssemblyFixture(typeof(Concord.Tests.Rendering.InstalledLibraries))]

namespace Concord.Tests.Rendering;

/// <summary>The libraries of <c>benchmarks/vendor</c>, installed once for all tests that ask for them, as a workspace has them.</summary>
public sealed class InstalledLibraries : IDisposable
{
    private static readonly string[] Files = ["package.json", "package-lock.json", ".npmrc"];

    private readonly TempFolder _installed = new();
    private readonly Lazy<Task<string?>> _problem;

    public InstalledLibraries() => _problem = new(InstallAsync);

    /// <summary>Gives a workspace the libraries; the test is skipped where npm can install nothing.</summary>
    internal async Task AddToAsync(TempFolder folder)
    {
        Assert.SkipWhen(await _problem.Value is not null, $"npm can install nothing here: {await _problem.Value}");
        var from = _installed["benchmarks/vendor"];
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(folder["benchmarks/vendor"], Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to, overwrite: true);
        }
    }

    public void Dispose() => _installed.Dispose();

    private async Task<string?> InstallAsync()
    {
        foreach (var name in Files)
            _installed.Write(
                $"benchmarks/vendor/{name}",
                await File.ReadAllBytesAsync(Path.Combine(SourceTree.Root, "benchmarks/vendor", name), CancellationToken.None)
            );
        return await VendorInstall.EnsureAsync(_installed.Path, _ => { }, CancellationToken.None);
    }
}
