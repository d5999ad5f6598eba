using Concord.Core.Domain.Preferences;

namespace Concord.Tests.Domain.Preferences;

/// <summary>
/// The ten graded outputs of stockPriceChart in vizhub-benchmarks, by the one grader ej-fox on 2025-06-03
/// (grades/ej-fox.csv; its column <c>grade</c> is functionality). Five more rows there have no scores.
/// </summary>
internal static class VizhubGrades
{
    public static IReadOnlyList<(string Model, double Functionality, double Aesthetics)> Rows { get; } =
    [
        ("deepseek/deepseek-r1", 4, 3),
        ("deepseek/deepseek-chat", 4, 3),
        ("deepseek/deepseek-chat-v3-0324", 4, 3),
        ("google/gemini-2.0-flash-001", 4, 3),
        ("qwen/qwq-32b", 5, 5),
        ("qwen/qwen-2.5-coder-32b-instruct", 5, 4),
        ("meta-llama/llama-4-maverick", 4, 4),
        ("anthropic/claude-3.5-haiku", 5, 4),
        ("qwen/qwen-2.5-72b-instruct", 4, 4),
        ("meta-llama/llama-3.2-3b-instruct", 2, 1),
    ];

    public static IEnumerable<Candidate> Weighted(double functionality, double aesthetics) =>
        Rows.Select(r =>
            Given.Candidate(
                r.Model,
                (functionality * r.Functionality + aesthetics * r.Aesthetics) / (functionality + aesthetics),
                [r.Functionality, r.Aesthetics],
                "ej-fox",
                challenge: "stockPriceChart"
            )
        );
}
