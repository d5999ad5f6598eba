using System.Globalization;
using System.Text.RegularExpressions;
using Concord.Core.Domain;
using Concord.Pipeline.Csv;
using Concord.Pipeline.Documents;

namespace Concord.Pipeline.Importing;

/// <summary>Reads results.csv and vizhub's grade files: the same columns, each file in an order of its own.</summary>
/// <param name="problems">Takes what is wrong.</param>
/// <param name="left">Takes columns that are not known.</param>
/// <param name="challenges">The challenges that there are.</param>
/// <param name="outputs">The outputs that a row may name; null where rows say which there are.</param>
internal sealed partial class VizhubTable(
    ProblemList problems,
    List<LeftOut> left,
    IReadOnlyCollection<ChallengeId> challenges,
    IReadOnlySet<OutputKey>? outputs
)
{
    private const int LongestNote = 64 * 1024;
    private static readonly string[] Needed =
    [
        "challenge",
        "model",
        "passFail",
        "grade",
        "aesthetics",
        "reviewedBy",
        "reviewedAt",
        "notes",
    ];

    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);

    /// <summary>Reads a file.</summary>
    /// <returns>The rows without mistakes.</returns>
    public IReadOnlyList<VizhubRow> Read(byte[] bytes)
    {
        var rows = new List<VizhubRow>();
        if (CsvRecords.Open(bytes, problems) is not { } records)
            return rows;
        using (records)
        {
            if (!ReadHeader(records, out var count))
                return rows;
            while (records.Read())
            {
                if (records.IsBlank)
                    continue;
                if (records.FieldCount != count)
                    problems.Error(
                        "field-count",
                        records.Line,
                        null,
                        $"The row has {records.FieldCount} cells and the header {count}.",
                        "Give the row one cell for each column; a comma inside a note needs quotes."
                    );
                else if (Row(records) is { } row)
                    rows.Add(row);
            }
        }
        return rows;
    }

    private bool ReadHeader(CsvRecords records, out int count)
    {
        count = 0;
        if (!records.Read())
        {
            if (!problems.HasErrors)
                problems.Error(
                    "missing-header",
                    1,
                    1,
                    "The file is empty.",
                    $"Its first line is {string.Join(',', Needed)},type."
                );
            return false;
        }
        count = records.FieldCount;
        for (var field = 0; field < count; field++)
        {
            var name = records.Text(field);
            var (line, column) = records.Place(field);
            if (!_columns.TryAdd(name, field))
                problems.Error("duplicate-column", line, column, $"The column '{name}' stands twice.", "Remove one of them.");
            else if (name != "type" && !Needed.Contains(name))
                left.Add(new(problems.Path, line, $"the column '{name}'", "No such column is known."));
        }
        foreach (var name in Needed.Where(n => !_columns.ContainsKey(n)))
            problems.Error(
                "missing-column",
                records.Line,
                null,
                $"The column '{name}' is missing.",
                $"The columns are {string.Join(',', Needed)},type, in any order."
            );
        return !problems.HasErrors;
    }

    private VizhubRow? Row(CsvRecords records)
    {
        var before = problems.Problems.Count;
        var row = new VizhubRow(
            problems.Path,
            records.Line,
            Key(records),
            Passed(records),
            Score(records, "grade"),
            Score(records, "aesthetics"),
            Grader(records),
            Moment(records),
            records.Text(_columns["notes"])
        );
        if (row.Notes.Length > LongestNote)
            Wrong(
                records,
                "long-note",
                "notes",
                $"The note has {row.Notes.Length:#,0} characters; at most {LongestNote:#,0} are kept.",
                "Shorten it."
            );
        return problems.Problems.Count == before ? row : null;
    }

    private OutputKey Key(CsvRecords records)
    {
        var (challengeText, modelText) = (records.Text(_columns["challenge"]), records.Text(_columns["model"]));
        if (!ChallengeId.TryParse(challengeText, out var challenge))
            Wrong(
                records,
                "wrong-id",
                "challenge",
                $"'{Short(challengeText)}' cannot be used for a challenge.",
                ChallengeId.Rule
            );
        else if (!challenges.Contains(challenge))
            Wrong(
                records,
                "unknown-challenge",
                "challenge",
                $"There is no challenge '{challenge}'.",
                Nearest.Hint(challengeText, [.. challenges.Select(c => c.Value)])
            );
        else if (!ModelId.TryParse(modelText, out var model))
            Wrong(records, "wrong-id", "model", $"'{Short(modelText)}' cannot be used for a model.", ModelId.Rule);
        else if (outputs?.Contains(new(challenge, model)) == false)
            Wrong(
                records,
                "unknown-output",
                "model",
                $"There is no reply and no result of {model} for {challenge}.",
                Nearest.Hint(
                    modelText,
                    [.. outputs.Where(o => o.Challenge == challenge).Select(o => o.Model.Value).Order(StringComparer.Ordinal)]
                )
            );
        else
            return new(challenge, model);
        return default;
    }

    private bool? Passed(CsvRecords records)
    {
        var text = records.Text(_columns["passFail"]);
        if (text is not ("" or "pass" or "fail"))
            Wrong(
                records,
                "wrong-value",
                "passFail",
                $"'{Short(text)}' says neither that it passed nor that it failed.",
                "Write pass, fail or nothing."
            );
        return text.Length == 0 ? null : text == "pass";
    }

    private double? Score(CsvRecords records, string column)
    {
        var text = records.Text(_columns[column]);
        if (text.Length == 0)
            return null;
        if (
            !NumberText.TryParse(text, out var score)
            || !VizhubBenchmark.Scale.InRange(score)
            || !VizhubBenchmark.Scale.OnStep(score)
        )
            Wrong(
                records,
                "wrong-score",
                column,
                $"The score '{Short(text)}' is not one of 0, 1, 2, 3, 4 and 5.",
                "Write one of these, or nothing where it was not scored."
            );
        return score;
    }

    private GraderId? Grader(CsvRecords records)
    {
        var text = records.Text(_columns["reviewedBy"]);
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (GraderId.TryParse(NoLetter().Replace(text.ToLowerInvariant(), "-").Trim('-'), out var grader))
            return grader;
        Wrong(records, "wrong-id", "reviewedBy", $"No slug for a grader can be made of '{Short(text)}'.", GraderId.Rule);
        return null;
    }

    private DateTime? Moment(CsvRecords records)
    {
        var text = records.Text(_columns["reviewedAt"]);
        if (text.Length == 0)
            return null;
        if (
            IsoTime().Match(text) is { Success: true } match
            && DateTimeOffset.TryParseExact(
                match.Groups[1].Value + match.Groups[2].Value.Replace("Z", "+00:00", StringComparison.Ordinal),
                "yyyy-MM-dd'T'HH:mm:sszzz",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var moment
            )
        )
            return moment.UtcDateTime;
        Wrong(
            records,
            "wrong-time",
            "reviewedAt",
            $"'{Short(text)}' is not a time with its zone.",
            "Write such as 2025-06-03T14:53:00Z; the zone is needed."
        );
        return null;
    }

    private void Wrong(CsvRecords records, string rule, string column, string what, string mend)
    {
        var (line, place) = records.Place(_columns[column]);
        problems.Error(rule, line, place, what, mend);
    }

    private static string Short(string text) => text.Length > 40 ? text[..40] + "…" : text;

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NoLetter();

    [GeneratedRegex(@"\A([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})\z")]
    private static partial Regex IsoTime();
}
