using System.Text.Json;
using Concord.Tests.Support;

namespace Concord.Tests.Workflows;

/// <summary>GitHub's parser of workflows and a validator of schemas, from npm by a lock file; without npm a test skips.</summary>
internal static class WorkflowParser
{
    private static readonly string Folder = Path.Combine(SourceTree.Root, "tests/Concord.Tests/Workflows/Parser");
    private static readonly Dictionary<string, string> NoVariables = [];

    /// <summary>What the parser has against each file.</summary>
    public static Task<string[][]> ParseAsync(IEnumerable<string> paths) => RunAsync<string[][]>("parse.mjs", [.. paths]);

    /// <summary>What a schema has against each document; empty where nothing.</summary>
    public static Task<string[]> ValidateAsync(string schema, IEnumerable<string> paths) =>
        RunAsync<string[]>("validate.mjs", [schema, .. paths]);

    private static async Task<T> RunAsync<T>(string script, string[] arguments)
    {
        await InstallAsync();
        var run = await ProcessRun.RunAsync(Folder, NoVariables, "node", [script, .. arguments]);
        Assert.True(run.ExitCode == 0, run.Error);
        return JsonSerializer.Deserialize<T>(run.Out)!;
    }

    private static async Task InstallAsync()
    {
        var done = Path.Combine(Folder, "node_modules/.package-lock.json");
        if (
            File.Exists(done)
            && File.GetLastWriteTimeUtc(done) > File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json"))
        )
            return;
        CommandResult npm;
        try
        {
            npm = await ProcessRun.RunAsync(Folder, NoVariables, "npm", "ci", "--fetch-retries=0");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("There is no npm here, which brings the parser of workflows.");
            return;
        }
        Assert.SkipUnless(npm.ExitCode == 0, "npm could not install the parser of workflows; its registry may be out of reach.");
        File.SetLastWriteTimeUtc(done, DateTime.UtcNow);
    }
}
