using System.Text.Json;

namespace Concord.Tests.Support;

/// <summary>Scripts with what npm installs for them by a lock file, once; without npm a test skips.</summary>
/// <param name="path">The folder in the repository.</param>
/// <param name="what">What it brings, for the reason of a skip.</param>
internal sealed class NpmFolder(string path, string what)
{
    private static readonly Dictionary<string, string> NoVariables = [];

    private readonly string _folder = Path.Combine(SourceTree.Root, path);
    private readonly Lazy<Task<string?>> _missing = new(() => InstallAsync(Path.Combine(SourceTree.Root, path), what));

    /// <summary>What a script prints, as JSON.</summary>
    public async Task<T> RunAsync<T>(string script, params string[] arguments)
    {
        Assert.SkipWhen(await _missing.Value is not null, $"{await _missing.Value}");
        var run = await ProcessRun.RunAsync(_folder, NoVariables, "node", [script, .. arguments]);
        Assert.True(run.ExitCode == 0, run.Error);
        return JsonSerializer.Deserialize<T>(run.Out)!;
    }

    private static async Task<string?> InstallAsync(string folder, string what)
    {
        var done = Path.Combine(folder, "node_modules/.package-lock.json");
        if (
            File.Exists(done)
            && File.GetLastWriteTimeUtc(done) > File.GetLastWriteTimeUtc(Path.Combine(folder, "package-lock.json"))
        )
            return null;
        CommandResult npm;
        try
        {
            npm = await ProcessRun.RunAsync(folder, NoVariables, "npm", "ci", "--fetch-retries=0");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return $"There is no npm here, which brings {what}.";
        }
        if (npm.ExitCode != 0)
            return $"npm could not install {what}; its registry may be out of reach.";
        File.SetLastWriteTimeUtc(done, DateTime.UtcNow);
        return null;
    }
}
