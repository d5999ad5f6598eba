using System.Globalization;
using Concord.Core.Domain;
using Concord.Core.Domain.Preferences;
using Concord.Pipeline.Datasets;

namespace Concord.Pipeline.Exporting;

/// <summary>All values of a recipe: the one list behind options, recipe files, and what a dataset's card tells of itself.</summary>
public static class ExportSettings
{
    /// <summary>In the order of the help text.</summary>
    public static IReadOnlyList<ExportSetting> All { get; } =
    [
        Choice("format", "The shape of a row.", r => r.Format, (r, v) => r with { Format = v }),
        new(
            "file",
            "FILE",
            "How rows lie in files; else told by the name of --output, and Parquet in a folder.",
            r => r.File is { } file ? DatasetFiles.NameOf(file) : "",
            (r, v) => DatasetFiles.TryParse(v, out var file) ? r with { File = file } : null,
            $"takes one of {string.Join(", ", DatasetFiles.Names)}"
        )
        {
            Choices = DatasetFiles.Names,
        },
        OfRules("pairs", "Which outputs of a challenge are compared.", r => r.Strategy, (r, v) => r with { Strategy = v }),
        Whole("min-votes", "Votes that an output needs.", r => r.MinVotes, (r, v) => r with { MinVotes = v }),
        Whole("min-common", "Graders who must have scored both outputs.", r => r.MinCommon, (r, v) => r with { MinCommon = v }),
        Limit("min-margin", "The smallest difference, in score units.", r => r.MinMargin, (r, v) => r with { MinMargin = v }),
        Limit("min-chosen", "The lowest score of a chosen output.", r => r.MinChosen, (r, v) => r with { MinChosen = v }),
        Limit(
            "min-confidence",
            "The least confidence of a pair, 0 to 1.",
            r => r.MinConfidence,
            (r, v) => v <= 1 ? r with { MinConfidence = v } : null,
            "takes a number from 0 to 1"
        ),
        Limit(
            "max-length-ratio",
            "How often the longer text may hold the shorter, 1 or more.",
            r => r.MaxLengthRatio,
            (r, v) => v is 0 or >= 1 ? r with { MaxLengthRatio = v } : null,
            "takes a number of at least 1, or 0 for no limit"
        ),
        Whole("max-per-prompt", "The most pairs of a challenge.", r => r.MaxPerPrompt, (r, v) => r with { MaxPerPrompt = v }),
        Limit(
            "max-model-share",
            "The largest share of the chosen, and of the rejected, that a model may have, 0 to 1.",
            r => r.MaxModelShare,
            (r, v) => v <= 1 ? r with { MaxModelShare = v } : null,
            "takes a number from 0 to 1"
        ),
        OfRules(
            "keep-conflicts",
            "Keep pairs whose better output is worse on some criterion.",
            r => r.KeepConflicts,
            (r, v) => r with { KeepConflicts = v }
        ),
        OfRules(
            "open-weights-only",
            "Only outputs under an open licence: their own, else their model's.",
            r => r.OpenWeightsOnly,
            (r, v) => r with { OpenWeightsOnly = v }
        ),
        new(
            "weights",
            "LIST",
            "Criterion weights in place of the benchmark's, such as functionality=1,aesthetics=1.",
            r => r.Weights,
            (r, v) => r with { Weights = v },
            ""
        ),
        OfRules("confidence", "How it is told how sure a pair is.", r => r.Confidence, (r, v) => r with { Confidence = v }),
        new(
            "seed",
            "S",
            "Where pseudo-random numbers start from.",
            r => r.Rules.Seed.ToString(CultureInfo.InvariantCulture),
            (r, v) =>
                long.TryParse(v, NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
                    ? r with
                    {
                        Rules = r.Rules with { Seed = (ulong)seed },
                    }
                    : null,
            "takes a whole number, 0 or more"
        ),
        Number("good", "The least score of a good output (kto).", r => r.Good, (r, v) => r with { Good = v }),
        Number("bad", "The highest score of a bad output (kto).", r => r.Bad, (r, v) => r with { Bad = v }),
        Share(
            "validation",
            "The share of challenges for validation, 0 to 1.",
            r => r.Validation,
            (r, v) => r with { Validation = v }
        ),
        Share("test", "The share of challenges for tests, 0 to 1.", r => r.Test, (r, v) => r with { Test = v }),
        new("salt", "TEXT", "What the splits are drawn by.", r => r.Salt, (r, v) => r with { Salt = v }, ""),
        Flag(
            "with-notes",
            "Graders' notes too, scanned, under pseudonyms.",
            r => r.WithNotes,
            (r, v) => r with { WithNotes = v }
        ),
        new(
            "prompt-license",
            "NAME",
            "The licence of the challenges' prompts.",
            r => r.PromptLicense,
            (r, v) => v.Trim().Length > 0 ? r with { PromptLicense = v.Trim() } : null,
            "takes a licence's name"
        ),
        new(
            "shard-size",
            "MB",
            "From what size on a folder's files are parted.",
            r => r.ShardMegabytes.ToString(CultureInfo.InvariantCulture),
            (r, v) => WholeOf(v) is > 0 and <= 100_000 and var size ? r with { ShardMegabytes = size } : null,
            "takes a whole number from 1 to 100000"
        ),
    ];

    private static ExportSetting Choice<TEnum>(
        string name,
        string description,
        Func<ExportRecipe, TEnum> get,
        Func<ExportRecipe, TEnum, ExportRecipe> set
    )
        where TEnum : struct, Enum =>
        new(
            name,
            name.ToUpperInvariant(),
            description,
            r => Names.Of(get(r)),
            (r, v) => Names.TryParse<TEnum>(v, out var value) ? set(r, value) : null,
            $"takes one of {string.Join(", ", Names.All<TEnum>())}"
        )
        {
            Choices = Names.All<TEnum>(),
        };

    private static ExportSetting OfRules<TEnum>(
        string name,
        string description,
        Func<PairRules, TEnum> get,
        Func<PairRules, TEnum, PairRules> set
    )
        where TEnum : struct, Enum => Choice(name, description, r => get(r.Rules), (r, v) => r with { Rules = set(r.Rules, v) });

    private static ExportSetting OfRules(
        string name,
        string description,
        Func<PairRules, bool> get,
        Func<PairRules, bool, PairRules> set
    ) => Flag(name, description, r => get(r.Rules), (r, v) => r with { Rules = set(r.Rules, v) });

    private static ExportSetting Flag(
        string name,
        string description,
        Func<ExportRecipe, bool> get,
        Func<ExportRecipe, bool, ExportRecipe> set
    ) =>
        new(
            name,
            "",
            description,
            r => get(r) ? "true" : "false",
            (r, v) =>
                v switch
                {
                    "true" => set(r, true),
                    "false" => set(r, false),
                    _ => null,
                },
            "takes true or false"
        );

    private static ExportSetting Whole(
        string name,
        string description,
        Func<PairRules, int> get,
        Func<PairRules, int, PairRules> set
    ) =>
        new(
            name,
            "N",
            $"{description} 0 is no limit.",
            r => get(r.Rules).ToString(CultureInfo.InvariantCulture),
            (r, v) => WholeOf(v) is { } number ? r with { Rules = set(r.Rules, number) } : null,
            "takes a whole number of at least 0"
        );

    private static ExportSetting Limit(
        string name,
        string description,
        Func<PairRules, double> get,
        Func<PairRules, double, PairRules?> set,
        string rule = AtLeast0
    ) =>
        new(
            name,
            "X",
            $"{description} 0 is no limit.",
            r => NumberText.Of(get(r.Rules)),
            (r, v) => NumberOf(v) is { } number && set(r.Rules, number) is { } rules ? r with { Rules = rules } : null,
            rule
        );

    private static ExportSetting Number(
        string name,
        string description,
        Func<ExportRecipe, double> get,
        Func<ExportRecipe, double, ExportRecipe> set
    ) =>
        new(
            name,
            "X",
            description,
            r => NumberText.Of(get(r)),
            (r, v) => NumberOf(v) is { } number ? set(r, number) : null,
            AtLeast0
        );

    private static ExportSetting Share(
        string name,
        string description,
        Func<ExportRecipe, double> get,
        Func<ExportRecipe, double, ExportRecipe> set
    ) =>
        new(
            name,
            "X",
            description,
            r => NumberText.Of(get(r)),
            (r, v) => NumberOf(v) is < 1 and var number ? set(r, number) : null,
            "takes a number from 0 to below 1"
        );

    private const string AtLeast0 = "takes a number of at least 0, with '.' before decimals";

    private static int? WholeOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static double? NumberOf(string text) => NumberText.TryParse(text, out var number) && number >= 0 ? number : null;
}
