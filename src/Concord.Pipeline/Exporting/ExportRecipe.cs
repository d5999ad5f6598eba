using Concord.Core.Domain;
using Concord.Core.Domain.Preferences;
using Concord.Pipeline.Datasets;

namespace Concord.Pipeline.Exporting;

/// <summary>Everything that a dataset depends on beside the commit it is made of.</summary>
public sealed record ExportRecipe
{
    /// <summary>The shape of a row.</summary>
    public ExportFormat Format { get; init; } = ExportFormat.TrlConversational;

    /// <summary>How rows lie in files; null follows the file's name, and in a folder is Parquet, or JSON lines where the format's trainer reads nothing else.</summary>
    public DatasetFile? File { get; init; }

    /// <summary>How pairs are chosen.</summary>
    public PairRules Rules { get; init; } = new();

    /// <summary>Criterion weights in place of the benchmark's, as <c>functionality=1,aesthetics=1</c>; empty for the benchmark's.</summary>
    public string Weights { get; init; } = "";

    /// <summary>The least score of a good output, in score units, for <see cref="ExportFormat.Kto"/>.</summary>
    public double Good { get; init; } = 4;

    /// <summary>The highest score of a bad output, below <see cref="Good"/>.</summary>
    public double Bad { get; init; } = 2;

    /// <summary>The share of challenge families for validation, 0 to 1.</summary>
    public double Validation { get; init; }

    /// <summary>The share of challenge families for tests, 0 to 1.</summary>
    public double Test { get; init; }

    /// <summary>What the splits are drawn by.</summary>
    public string Salt { get; init; } = "";

    /// <summary>Whether graders' notes stand in the records, scanned and under pseudonyms.</summary>
    public bool WithNotes { get; init; }

    /// <summary>The licence of the challenges' prompts.</summary>
    public string PromptLicense { get; init; } = Unknown;

    /// <summary>From what size on a folder's files are parted, in MB, at least 1.</summary>
    public int ShardMegabytes { get; init; } = 256;

    /// <summary>A licence that nobody has told.</summary>
    public const string Unknown = "unknown";

    /// <summary>The splits.</summary>
    public SplitShares Shares => new(Validation, Test, Salt);

    /// <summary>Whether there is more than what a model is trained on.</summary>
    public bool Splits => Validation > 0 || Test > 0;

    /// <summary>What does not go together.</summary>
    /// <exception cref="ConcordException">Shares leave nothing for training, bad is not below good, or notes have no place in the format.</exception>
    public void RefuseContradictions()
    {
        if (Validation + Test >= 1)
            throw new ConcordException(
                "wrong-recipe",
                $"The shares of validation ({NumberText.Of(Validation)}) and test ({NumberText.Of(Test)}) leave nothing for training.",
                "Give shares that together are below 1."
            );
        if (Bad >= Good)
            throw new ConcordException(
                "wrong-recipe",
                $"An output of {NumberText.Of(Bad)} would be good and bad.",
                "Give --bad a score below --good."
            );
        if (Format is ExportFormat.LlamaFactory or ExportFormat.OpenaiDpo && File is not (null or DatasetFile.Jsonl))
            throw new ConcordException(
                "wrong-recipe",
                $"The format {Names.Of(Format)} is read from plain JSON lines, not from {DatasetFiles.NameOf(File.Value)}.",
                "Take --file jsonl."
            );
        if (WithNotes && Format != ExportFormat.TrlConversational)
            throw new ConcordException(
                "wrong-recipe",
                $"The format {Names.Of(Format)} has no place for graders' notes.",
                $"Leave --with-notes out, or take --format {Names.Of(ExportFormat.TrlConversational)}."
            );
    }
}
