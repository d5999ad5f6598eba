using System.Text.Json;

namespace Concord.Pipeline.Judging;

/// <summary>
/// What a run without rights says it found: the <c>result.json</c> that it left. A stranger may have written it, so it is compared
/// with what was found here, and decides nothing.
/// </summary>
internal static class JudgementClaim
{
    private const int LargestFile = 1024 * 1024;
    private const int DeepestNesting = 16;

    /// <summary>Compares.</summary>
    /// <param name="folder">Where the file is.</param>
    /// <param name="number">The pull request as GitHub knows it.</param>
    /// <param name="found">What was found here.</param>
    /// <returns>A sentence; null where they agree.</returns>
    public static string? Difference(string folder, long number, Judgement found)
    {
        var file = new FileInfo(Path.Combine(folder, "result.json"));
        if (!file.Exists || file.LinkTarget is not null)
            return "The run left no result; what was found here holds.";
        if (file.Length > LargestFile)
            return "The run left a result that is too large to be one; what was found here holds.";
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file.FullName), new() { MaxDepth = DeepestNesting });
            var root = document.RootElement;
            return (
                root.GetProperty("number").TryGetInt64(out var claimed) && claimed == number,
                root.GetProperty("head").GetString() == found.Proposal.Head,
                root.GetProperty("verdict").GetString() == (found.Passed ? "passed" : "refused")
            ) switch
            {
                (false, _, _) or (_, false, _) =>
                    "The run left the result of another pull request or commit; what was found here holds.",
                (_, _, false) =>
                    "The run says otherwise than what was found here, which holds: the base went on, or the run was changed.",
                _ => null,
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return "The run left a result that cannot be read; what was found here holds.";
        }
    }
}
