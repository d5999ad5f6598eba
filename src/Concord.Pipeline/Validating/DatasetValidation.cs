using System.Text.Json;
using Concord.Core.Domain;
using Concord.Core.Domain.Preferences;
using Concord.Pipeline.Datasets;
using Concord.Pipeline.Datasets.Reading;

namespace Concord.Pipeline.Validating;

/// <summary>Whether a dataset, ours or another's, is what its trainer reads.</summary>
public static class DatasetValidation
{
    /// <summary>The names of the formats.</summary>
    public static IReadOnlyList<string> Formats { get; } = [.. TrainerFormats.All.Select(f => f.Name)];

    /// <summary>Checks the files of one dataset.</summary>
    /// <param name="files">As <see cref="DatasetReader.Files"/> gives them, in order.</param>
    /// <param name="format">One of <see cref="Formats"/>; null to tell it from the columns.</param>
    /// <param name="most">How many findings of a rule are kept.</param>
    /// <exception cref="ConcordException">The format cannot be told.</exception>
    public static ValidationReport Run(IReadOnlyList<(string Path, string Name)> files, string? format, int most)
    {
        var taken = Taken(files, format);
        var findings = new Findings(most);
        var summary = new Rows(taken, findings);
        foreach (var (path, name) in files)
        {
            try
            {
                foreach (var row in DatasetReader.Read(path, name, findings.Add))
                    summary.Take(row);
            }
            catch (ConcordException e)
            {
                foreach (var problem in e.Problems)
                    findings.Add(problem.Path.Length > 0 ? problem : problem with { Path = name });
            }
        }
        summary.Finish(hasTypes: files.All(f => DatasetFiles.OfName(f.Path) == DatasetFile.Parquet), files[0].Name);
        return new(
            taken.Name,
            format is null,
            files.Count,
            summary.Count,
            findings.Count(Severity.Error),
            findings.Count(Severity.Warning),
            findings.Count(Severity.Notice),
            findings.Kept,
            findings.More,
            summary.OverMaxTokens,
            summary.Labels.Sorted
        );
    }

    /// <summary>The format that is named, else the one that the first row's columns are of.</summary>
    internal static TrainerFormat Taken(IReadOnlyList<(string Path, string Name)> files, string? format) =>
        format is null ? Told(files) : TrainerFormats.All.Single(f => f.Name == format);

    private static TrainerFormat Told(IReadOnlyList<(string Path, string Name)> files)
    {
        const int Most = 5;
        var refused = new List<Problem>();
        // Where there is a row, what is wrong with the lines before it is told later.
        foreach (
            var row in files.SelectMany(f =>
                DatasetReader.Read(
                    f.Path,
                    f.Name,
                    problem =>
                    {
                        if (refused.Count < Most)
                            refused.Add(problem);
                    }
                )
            )
        )
            return TrainerFormats.Of(row.Value)
                ?? throw new ConcordException(
                    "format-unknown",
                    $"No format has the columns {Columns(row.Value)}.",
                    $"Name one with --format: {string.Join(", ", Formats)}.",
                    row.File
                );
        throw new ConcordException(
            [
                .. refused,
                new(
                    Severity.Error,
                    "format-unknown",
                    files[0].Name,
                    null,
                    null,
                    "There is no row to tell the format by.",
                    refused.Count > 0 ? "Mend the lines, or name the format with --format." : "Name it with --format."
                ),
            ]
        );
    }

    private static string Columns(JsonElement row)
    {
        const int Shown = 8;
        var names = row.EnumerateObject().Select(p => $"'{PlainText.Of(p.Name)}'").ToArray();
        return names.Length <= Shown ? string.Join(", ", names) : string.Join(", ", names.Take(Shown)) + ", …";
    }

    /// <summary>The rows so far.</summary>
    private sealed class Rows
    {
        private const int MostUneven = 2;

        private readonly TrainerFormat _format;
        private readonly Findings _findings;
        private readonly ColumnKinds _kinds;
        private readonly RowHistory _history;
        private readonly HashSet<string> _columns = new(StringComparer.Ordinal);
        private bool _isRecord;

        public Rows(TrainerFormat format, Findings findings)
        {
            (_format, _findings, _history) = (format, findings, new(findings, new(format.Name)));
            _kinds = new(findings, IsKnown);
        }

        public long Count { get; private set; }

        public long OverMaxTokens { get; private set; }

        public NameCounts Labels { get; } = new();

        public void Take(DatasetRow row)
        {
            Count++;
            _findings.At(row);
            _isRecord |= _format.Name == TrainerFormats.Conversational && row.Value.TryGetProperty("schema_version", out _);
            _kinds.Take(row.Value);
            if (_kinds.New.Count > 0)
            {
                _columns.UnionWith(_kinds.New);
                ReservedColumns.Check(_format, _kinds.New, _columns, _findings);
            }
            _format.Check(row.Value, _findings);
            _history.Take(row);
            if (RowPair.Of(_format, row) is { } pair)
            {
                Labels.Add(pair.Label);
                if (pair.IsOverMaxTokens)
                    OverMaxTokens++;
            }
        }

        public void Finish(bool hasTypes, string file)
        {
            _findings.At(null);
            if (Count == 0)
                At(file, Severity.Warning, "no-rows", "The dataset has no rows.", "Export it with rules that leave some.");
            // Parquet says what an empty list would hold.
            if (!hasTypes && _format.Name != "openai-dpo")
                foreach (var path in _kinds.EmptyLists)
                    At(
                        file,
                        Severity.Warning,
                        "empty-lists",
                        $"'{path}' is an empty list in every row, so loaders cannot tell what it holds.",
                        "Write Parquet, which says it, or leave the column out."
                    );
            if (_format.Note is { } note && Count > 0)
                At(file, Severity.Notice, note.Rule, note.What, note.Mend);
            SayBalance();
        }

        private void SayBalance()
        {
            var labels = Labels.Sorted;
            if (_format.Name != "kto" || labels.Count == 0)
                return;
            var (most, least) = (labels.Max(l => l.Value), labels.Min(l => l.Value));
            if (labels.Count > 1 && most <= MostUneven * least)
                return;
            var counts = string.Join(" and ", labels.Select(l => $"{l.Value} {(l.Value == 1 ? "is" : "are")} {l.Key}"));
            _findings.Add(
                labels.Count == 1 ? Severity.Warning : Severity.Notice,
                "class-balance",
                $"Of the dataset's rows {counts}{(labels.Count == 1 ? ", and none is the other" : "")}.",
                "Weigh the two in the trainer (desirable_weight, undesirable_weight) so that they count about the same."
            );
        }

        private void At(string file, Severity severity, string rule, string what, string mend) =>
            _findings.Add(new(severity, rule, file, null, null, what, mend));

        private bool IsKnown(string column) =>
            _format.Columns.Any(c => c.Required && c.Name == column)
            || (_isRecord && RecordRules.Has(column))
            || _format is { Name: "ratings" };
    }
}
