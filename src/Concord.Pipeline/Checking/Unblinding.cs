using System.Text;
using System.Text.RegularExpressions;
using Concord.Core.Domain;
using Concord.Pipeline.Documents;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Checking;

/// <summary>Finds outputs whose own text names a model or a vendor: a grader who reads it is no longer blind.</summary>
internal static partial class Unblinding
{
    private const int LargestFile = 2 * 1024 * 1024;

    // Vendors and families as they stand in generated comments; words of everyday language are left out.
    private static readonly string[] Vendors =
    [
        "openai",
        "chatgpt",
        "anthropic",
        "claude",
        "gemini",
        "deepmind",
        "deepseek",
        "mistral",
        "mixtral",
        "codestral",
        "llama",
        "qwen",
        "qwq",
        "copilot",
        "grok",
        "openrouter",
        "cohere",
        "kimi",
        "moonshot",
        "minimax",
        "nemotron",
    ];

    // GPT-4o, gpt-3.5-turbo, GPT4: the number has letters after it.
    private const string Numbered = "gpt[- ]?[0-9][a-z0-9.]*";

    public static IEnumerable<Problem> Find(Workspace workspace, FileTree tree)
    {
        var words = Words(workspace);
        if (words.Length == 0)
            yield break;
        var pattern = new Regex(
            $@"(?<![A-Za-z0-9])(?:{string.Join('|', words.Select(Regex.Escape))}|{Numbered})(?![A-Za-z])",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
        );
        var asked = workspace.Challenges.ToDictionary(c => c.Id, c => Asked(c, tree, pattern));
        foreach (var output in workspace.Outputs.Where(o => o.Id is not null))
        {
            var known = asked.GetValueOrDefault(output.Key.Challenge, []);
            foreach (var file in output.Files)
            {
                var path = $"{output.Key.Folder}/files/{file}";
                if (First(pattern, file, known) is { } inName)
                    yield return Named(path, null, null, inName.Value);
                if (Text(tree, path) is not { } text || First(pattern, text, known) is not { } match)
                    continue;
                var (line, column) = Utf8Text.Place(
                    Encoding.UTF8.GetBytes(text),
                    Encoding.UTF8.GetByteCount(text.AsSpan(0, match.Index))
                );
                yield return Named(path, line, column, match.Value);
            }
        }
    }

    /// <summary>The names that a challenge itself says: every model repeats them.</summary>
    private static HashSet<string> Asked(Challenge challenge, FileTree tree, Regex pattern)
    {
        var files = tree.List($"benchmarks/challenges/{challenge.Id}/files").Where(e => e.Kind == EntryKind.File);
        var texts = files.Select(f => Text(tree, f.Path)).OfType<string>().Append(challenge.Prompt);
        return texts.SelectMany(t => pattern.Matches(t)).Select(m => m.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    private static Match? First(Regex pattern, string text, HashSet<string> known) =>
        pattern.Matches(text).FirstOrDefault(m => !known.Contains(m.Value));

    private static string? Text(FileTree tree, string path) =>
        tree.Read(path) is { Length: <= LargestFile } bytes && !bytes.AsSpan().Contains((byte)0)
            ? Encoding.UTF8.GetString(bytes)
            : null;

    private static Problem Named(string path, int? line, int? column, string word) =>
        new(
            Severity.Warning,
            "names-model",
            path,
            line,
            column,
            $"The output's own text says '{word}', which may tell a grader who wrote it.",
            "Leave it if it is part of the task; grades of this output may not be blind."
        );

    // A model's last segment counts where it looks like a name and not like a word: it has a digit or a hyphen.
    private static string[] Words(Workspace workspace) =>
        [
            .. workspace
                .Benchmark.Models.Select(m => m.Id.Value)
                .Concat(workspace.Outputs.Select(o => o.Key.Model.Model))
                .SelectMany(id =>
                    new[] { id, id.Split('/')[^1] }.Where(w =>
                        w.Length >= 4 && (w.Contains('/', StringComparison.Ordinal) || LooksLikeName().IsMatch(w))
                    )
                )
                .Concat(Vendors)
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .OrderByDescending(w => w.Length)
                .ThenBy(w => w, StringComparer.Ordinal),
        ];

    [GeneratedRegex("[0-9-]")]
    private static partial Regex LooksLikeName();
}
