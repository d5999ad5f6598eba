using System.Text.RegularExpressions;
using Concord.Core.Domain;

namespace Concord.App.Host;

/// <summary>Takes the names of models, vendors and places out of texts that are not ours: a hook's output, git's words, an error.</summary>
internal sealed class Blinding
{
    private const string Gone = "…";
    private const int Shortest = 2;

    private readonly Regex _names;

    public Blinding(Workspace workspace, string root)
    {
        var models = workspace.Outputs.Select(o => o.Key.Model.Value).Concat(workspace.Benchmark.Models.Select(m => m.Id.Value));
        var names = models
            .SelectMany(m => m.Split('/', '@').Append(m))
            .Concat(workspace.Benchmark.Models.Select(m => m.Name ?? ""))
            .Concat(workspace.Benchmark.Providers.Select(p => p.Id))
            .Append(root)
            .Where(n => n.Length >= Shortest && !n.All(char.IsAsciiDigit))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .OrderByDescending(n => n.Length)
            .Select(Regex.Escape);
        _names = new(
            $@"benchmarks/(outputs|challenges)/\S*|(?<![A-Za-z0-9])(?:{string.Join('|', names)})(?![A-Za-z0-9])",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
        );
    }

    public string Of(string text) => _names.Replace(text, Gone);
}
