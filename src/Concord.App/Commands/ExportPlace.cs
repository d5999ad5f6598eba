using Concord.Core.Domain;
using Concord.Pipeline.Datasets;
using Concord.Pipeline.Exporting;
using Concord.Pipeline.Trees;

namespace Concord.App.Commands;

/// <summary>Where a dataset goes.</summary>
/// <param name="Path">A file's full path, a folder's, or <c>-</c>.</param>
/// <param name="File">How rows lie in its files; null in a folder where the recipe leaves it open.</param>
/// <param name="IsFolder">Whether it is a folder.</param>
/// <param name="Terminal">Takes what goes to standard output.</param>
internal sealed record ExportPlace(string Path, DatasetFile? File, bool IsFolder, Terminal Terminal)
{
    private const string StandardOutput = "-";

    public static ExportPlace Of(string path, ExportRecipe recipe, Terminal terminal, string root)
    {
        var named = DatasetFiles.OfName(path);
        var place =
            path == StandardOutput ? new ExportPlace(path, DatasetFile.Jsonl, false, terminal)
            : IsStream(path, terminal) ? new(path, recipe.File ?? DatasetFile.Jsonl, false, terminal)
            : named is not null ? new(OutputPath.Of(path, terminal.Folder, root), named, false, terminal)
            : new(OutputPath.OfFolder(path, terminal.Folder, root), recipe.File, true, terminal);
        if (recipe.File is { } wanted && place.File != wanted)
            throw new ConcordException(
                "wrong-file",
                $"--file {DatasetFiles.NameOf(wanted)} does not go with this name.",
                path == StandardOutput
                    ? "Standard output takes JSON lines; name a file."
                    : $"Let it end in {wanted.Extension()}, or leave --file out.",
                path
            );
        if (place.IsFolder && System.IO.Path.HasExtension(path.TrimEnd('/')) && !Directory.Exists(place.Path))
            throw new ConcordException(
                "wrong-file",
                $"Datasets end in {string.Join(", ", Enum.GetValues<DatasetFile>().Select(f => f.Extension()))}.",
                "Let the file end so; a new folder's name has no '.' in it.",
                path
            );
        if (!place.IsFolder && recipe.Splits && recipe.Format != ExportFormat.TrlConversational)
            throw new ConcordException(
                "wrong-file",
                $"One file cannot hold several splits: the format {Names.Of(recipe.Format)} has no column that tells them.",
                "Give --output a folder, or leave --validation and --test out.",
                path
            );
        if (place.IsFolder)
        {
            DatasetFolder.RefuseForeign(place.Path);
            DatasetFolder.RefuseEditedCard(place.Path);
        }
        return place;
    }

    /// <summary>Writes the dataset, and says where to.</summary>
    public string Write(Dataset dataset, ExportSource source, ExportReport account, CancellationToken cancellation)
    {
        if (IsFolder)
            return $"Wrote {PlainText.Of(Path)}: {string.Join(", ", DatasetFolder.Write(Path, dataset, source, account, cancellation))}.";
        if (Path == StandardOutput)
            foreach (var piece in DatasetStream.Pieces(dataset))
                Terminal.Out.Write(piece);
        else
            AtomicFile.ReplaceOrFill(Path, stream => DatasetStream.Write(dataset, File!.Value, stream, cancellation));
        return $"Wrote {(Path == StandardOutput ? "to standard output" : PlainText.Of(Path))}.";
    }

    // Such as /dev/stdout, or what a shell puts in place of >(…).
    private static bool IsStream(string path, Terminal terminal) =>
        System.IO.Path.GetFullPath(path, terminal.Folder) is var full
        && System.IO.File.Exists(full)
        && !RegularFile.Is(new FileInfo(full).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? full);
}
