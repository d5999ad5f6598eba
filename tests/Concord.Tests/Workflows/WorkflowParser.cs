using Concord.Tests.Support;

namespace Concord.Tests.Workflows;

/// <summary>GitHub's parser of workflows and a validator of schemas.</summary>
internal static class WorkflowParser
{
    private static readonly NpmFolder Npm = new("tests/Concord.Tests/Workflows/Parser", "the parser of workflows");

    /// <summary>What the parser has against each file.</summary>
    public static Task<string[][]> ParseAsync(IEnumerable<string> paths) => Npm.RunAsync<string[][]>("parse.mjs", [.. paths]);

    /// <summary>What a schema has against each document; empty where nothing.</summary>
    public static Task<string[]> ValidateAsync(string schema, IEnumerable<string> paths) =>
        Npm.RunAsync<string[]>("validate.mjs", [schema, .. paths]);
}
