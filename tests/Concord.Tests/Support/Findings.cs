using System.Text.Json.Nodes;

namespace Concord.Tests.Support;

/// <summary>What <c>check --json</c> found.</summary>
internal sealed record Findings(int ExitCode, IReadOnlyList<Finding> All)
{
    public static async Task<Findings> OfAsync(string folder, params string[] arguments)
    {
        var result = await CommandLine.RunAsync(folder, ["check", "--json", .. arguments]);
        Assert.True(result.Out.Length > 0, result.Error);
        var problems = JsonNode.Parse(result.Out)!["problems"]!.AsArray();
        return new(
            result.ExitCode,
            [
                .. problems.Select(p => new Finding(
                    (string)p!["severity"]!,
                    (string)p["rule"]!,
                    (string)p["path"]!,
                    (int?)p["line"],
                    (string)p["what"]!,
                    (string)p["mend"]!
                )),
            ]
        );
    }

    public Finding One(string rule) => Assert.Single(All, f => f.Rule == rule);

    public void None(string rule) => Assert.DoesNotContain(All, f => f.Rule == rule);
}

/// <summary>One of them.</summary>
internal sealed record Finding(string Severity, string Rule, string Path, int? Line, string What, string Mend);
