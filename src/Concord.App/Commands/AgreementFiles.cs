using Concord.Core.Domain;
using Concord.Pipeline.Csv;
using Concord.Pipeline.Workspaces;

namespace Concord.App.Commands;

/// <summary>What <c>agreement --output</c> writes.</summary>
internal static class AgreementFiles
{
    /// <summary>The full path of the folder that the user named.</summary>
    /// <exception cref="ConcordException">It is one that the workspace keeps, or a file.</exception>
    public static string Folder(Terminal terminal, string named) =>
        OutputPath.OfFolder(named, terminal.Folder, WorkspaceFolder.TryFind(terminal.Folder, climb: true) ?? terminal.Folder);

    /// <summary>Replaces the files.</summary>
    /// <returns>How many were written.</returns>
    public static int Write(string folder, IReadOnlyList<AgreementResult> results, bool items)
    {
        AgreementCsv.Write(Path.Combine(folder, "agreement.csv"), results.Select(r => (r.Table, r.Coefficients)));
        var written = 1;
        if (items)
        {
            ItemSummariesCsv.Write(Path.Combine(folder, "items.csv"), [.. results.Select(r => r.Table)]);
            written++;
        }
        if (results.FirstOrDefault(r => r.Pairs is not null)?.Pairs is { } first)
        {
            RaterPairsCsv.Write(
                Path.Combine(folder, "rater_pairs.csv"),
                first.Within,
                results.SelectMany(r => r.Pairs!.Pairs.Select(pair => (r.Table.Criterion, pair)))
            );
            written++;
        }
        if (results.Any(r => r.Models.Count > 0))
        {
            RaterModelsCsv.WriteRaters(
                Path.Combine(folder, "raters.csv"),
                results.SelectMany(r => r.Models.SelectMany(m => m.Raters).Select(row => (r.Table.Criterion, row)))
            );
            RaterModelsCsv.WriteLabels(
                Path.Combine(folder, "labels.csv"),
                results.SelectMany(r => r.Models.SelectMany(m => m.Items).Select(row => (r.Table.Criterion, row)))
            );
            written += 2;
        }
        return written;
    }
}
