using System.Globalization;
using System.Text;
using Concord.Core.Statistics;
using Concord.Pipeline.Datasets;

namespace Concord.Tests.Datasets;

/// <summary>Preference pairs of about a kilobyte as JSON, with words that come back as often as words do; always the same.</summary>
internal static class SyntheticPairs
{
    private const int Words = 4000;
    private const int LongestReply = 60;
    private static readonly Shape Messages = Shape.List(Shape.Record(new("role", Shape.Text), new("content", Shape.Text)));

    private static readonly string[] Vocabulary = [.. Enumerable.Range(0, Words).Select(i => Word(i * 7919 % 999_983))];

    public static Shape Shape { get; } =
        Shape.Record(
            new("pair_id", Shape.Text),
            new("challenge_id", Shape.Text),
            new("prompt", Messages),
            new("chosen", Messages),
            new("rejected", Messages),
            new("chosen_model", Shape.Text),
            new("rejected_model", Shape.Text),
            new("chosen_score", Shape.Number),
            new("rejected_score", Shape.Number),
            new("score_margin", Shape.Number),
            new("n_common_graders", Shape.Whole),
            new("dimension_conflict", Shape.Flag),
            new("tags", Shape.List(Shape.Text))
        );

    /// <summary>The columns of <see cref="Shape"/> as DuckDB names them.</summary>
    public const string Columns =
        """{pair_id: 'VARCHAR', challenge_id: 'VARCHAR', prompt: 'STRUCT("role" VARCHAR, "content" VARCHAR)[]', chosen: 'STRUCT("role" VARCHAR, "content" VARCHAR)[]', rejected: 'STRUCT("role" VARCHAR, "content" VARCHAR)[]', chosen_model: 'VARCHAR', rejected_model: 'VARCHAR', chosen_score: 'DOUBLE', rejected_score: 'DOUBLE', score_margin: 'DOUBLE', n_common_graders: 'BIGINT', dimension_conflict: 'BOOLEAN', tags: 'VARCHAR[]'}""";

    public static IEnumerable<object[]> Rows(int count)
    {
        var random = new Xoshiro256(20261121);
        for (var i = 0; i < count; i++)
        {
            var (chosen, rejected) = (Tenths(random, 30, 21), Tenths(random, 0, 25));
            yield return
            [
                Convert.ToHexStringLower(BitConverter.GetBytes(random.NextDouble()))
                    + i.ToString("x48", CultureInfo.InvariantCulture),
                $"challenge-{i % 500}",
                new object[] { new object[] { "user", Text(random, 12) } },
                new object[] { new object[] { "assistant", Text(random, LongestReply) } },
                new object[] { new object[] { "assistant", Text(random, LongestReply / 2) } },
                $"lab/model-{i % 12}",
                $"lab/model-{i % 7}",
                chosen,
                rejected,
                chosen - rejected,
                (long)(random.NextDouble() * 5),
                random.NextDouble() < 0.1,
                i % 3 == 0 ? Array.Empty<object>() : new object[] { "charts", "👾" },
            ];
        }
    }

    private static double Tenths(Xoshiro256 random, int from, int width) => (from + (int)(random.NextDouble() * width)) / 10.0;

    private static string Text(Xoshiro256 random, int words)
    {
        var text = new StringBuilder();
        for (var i = 0; i < words; i++)
            // The square makes some words common and most rare.
            text.Append(Vocabulary[(int)(random.NextDouble() * random.NextDouble() * Words)]).Append(i % 9 == 8 ? ".\n" : " ");
        return text.ToString();
    }

    private static string Word(int seed)
    {
        var word = new StringBuilder();
        for (var n = seed; n > 0 || word.Length < 3; n /= 21)
            word.Append("bcdfghjklmnpqrstvwxz<"[n % 20]).Append("aeiou"[n % 5]);
        return word.ToString();
    }
}
