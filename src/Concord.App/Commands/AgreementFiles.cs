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
        if (!items)
            return 1;
        ItemSummariesCsv.Write(Path.Combine(folder, "items.csv"), [.. results.Select(r => r.Table)]);
        return 2;
    }
}
