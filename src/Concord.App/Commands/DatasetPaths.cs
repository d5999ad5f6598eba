using System.CommandLine;
using Concord.Core.Domain;
using Concord.Pipeline.Datasets.Reading;
using Concord.Pipeline.Validating;

namespace Concord.App.Commands;

/// <summary>The files of a dataset, as they are named on the command line.</summary>
internal static class DatasetPaths
{
    public static Argument<string[]> Argument() =>
        new("PATH")
        {
            Description =
                "Files that end in .jsonl, .jsonl.gz or .parquet, or folders with such files in data/ or in themselves.",
            Arity = ArgumentArity.OneOrMore,
        };

    public static Option<string?> Format()
    {
        var format = new Option<string?>("--format")
        {
            Description = "What trainer the dataset is for; else it is told from the columns.",
            HelpName = "FORMAT",
        };
        format.AcceptOnlyFromAmong([.. DatasetValidation.Formats]);
        return format;
    }

    /// <summary>The files, in the order named, each once.</summary>
    /// <exception cref="ConcordException">One is not there.</exception>
    public static IReadOnlyList<(string Path, string Name)> Files(string[] paths, string folder) =>
        [
            .. paths
                .SelectMany(p => DatasetReader.Files(Path.GetFullPath(p, folder), p.Replace('\\', '/')))
                .DistinctBy(f => f.Path, StringComparer.Ordinal),
        ];
}
