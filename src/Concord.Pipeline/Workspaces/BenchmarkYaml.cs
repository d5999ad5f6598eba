using Concord.Core.Domain;
using Concord.Core.Statistics;
using Concord.Pipeline.Documents;

namespace Concord.Pipeline.Workspaces;

/// <summary>Reads <c>benchmarks/benchmark.yaml</c>.</summary>
internal static class BenchmarkYaml
{
    private const int MostSteps = 10_000;

    public static Benchmark? Read(DocumentNode root, ProblemList problems)
    {
        if (
            DocumentMap.Open(
                root,
                problems,
                "benchmark.yaml",
                ["schema", "name", "title", "criteria", "providers", "models", "grading", "consensus", "flags", "merge"]
            )
            is not { } map
        )
            return null;
        if (map.Text("schema") is not ("1" or ""))
            problems.Error(
                "unknown-schema",
                map.Find("schema")!,
                "The schema is not 1.",
                "Update Concord, or write 'schema: 1'."
            );
        var name = map.Text("name");
        var criteria = Criteria(map, problems);
        var providers = Providers(map, problems);
        return new(
            name,
            map.OptionalText("title") ?? name,
            criteria,
            providers,
            Models(map, problems, providers),
            Grading(map, problems),
            Consensus(map, problems),
            Flags(map, problems),
            map.Choice("merge", MergePolicy.Manual)
        );
    }

    private static List<Criterion> Criteria(DocumentMap benchmark, ProblemList problems)
    {
        var criteria = new List<Criterion>();
        var names = new HashSet<CriterionId>();
        foreach (var node in benchmark.List("criteria"))
        {
            if (
                DocumentMap.Open(
                    node,
                    problems,
                    "a criterion",
                    ["id", "title", "question", "scale", "weight", "anchors", "renamed_from"]
                )
                is not { } map
            )
                continue;
            var id = map.Id<CriterionId>("id", CriterionId.TryParse, CriterionId.Rule);
            var renamed = new List<CriterionId>();
            foreach (var old in map.Texts("renamed_from"))
            {
                if (CriterionId.TryParse(old, out var parsed))
                    renamed.Add(parsed);
                else
                    problems.Error("wrong-id", map.Find("renamed_from")!, $"'{old}' was never a criterion id.", CriterionId.Rule);
            }
            foreach (var taken in renamed.Prepend(id ?? default).Where(i => i != default && !names.Add(i)))
                problems.Error(
                    "duplicate-id",
                    node,
                    $"Two criteria are called '{taken}', now or earlier.",
                    "Rename one of them."
                );
            var scale = Scale(map, problems);
            var weight = map.Number("weight", 1, w => w is >= 0 and <= 1e6 ? null : "a number of at least 0");
            if (scale?.Level == MeasurementLevel.Nominal && weight > 0)
                problems.Error(
                    "nominal-weight",
                    map.Find("weight") ?? node,
                    "A nominal criterion has a weight, but names cannot be averaged into the overall.",
                    "Write 'weight: 0'."
                );
            if (id is { } known && scale is not null)
                criteria.Add(
                    new(
                        known,
                        map.OptionalText("title") ?? known.Value,
                        map.OptionalText("question") ?? "",
                        scale,
                        weight,
                        Anchors(map, scale, problems),
                        renamed
                    )
                );
        }
        if (criteria.Count == 0 && !problems.HasErrors)
            problems.Error("no-criteria", benchmark.Node, "The rubric has no criterion.", "Add at least one under 'criteria:'.");
        else if (criteria.Count > 0 && criteria.TrueForAll(c => c.Weight <= 0))
            problems.Error(
                "no-weight",
                benchmark.Node,
                "Every criterion has weight 0, so there is no overall.",
                "Give one of them a weight."
            );
        return criteria;
    }

    private static Scale? Scale(DocumentMap criterion, ProblemList problems)
    {
        if (criterion.Find("scale") is not { } node)
        {
            problems.Error(
                "missing-key",
                criterion.Node,
                "The key 'scale' is missing.",
                "Add 'scale: {min: 0, max: 5, step: 1, level: ordinal}'."
            );
            return null;
        }
        if (DocumentMap.Open(node, problems, "a scale", ["min", "max", "step", "level"]) is not { } map)
            return null;
        var min = map.Number("min", 0, Sane);
        var max = map.Number("max", 5, Sane);
        var step = map.Number("step", 1, s => s is > 1e-6 and < 1e9 ? null : "a number above 0");
        var scale = new Scale(min, max, step, map.Choice("level", MeasurementLevel.Ordinal));
        if (!IsWritten(min) || !IsWritten(max) || !IsWritten(step))
        {
            problems.Error(
                "wrong-scale",
                node,
                "The scale has a number of more than six decimals, which grade files do not write.",
                "Round it to six decimals."
            );
            return null;
        }
        if (max <= min || !scale.OnStep(max) || scale.Width / step > MostSteps)
        {
            problems.Error(
                "wrong-scale",
                node,
                $"A scale from {NumberText.Of(min)} to {NumberText.Of(max)} in steps of {NumberText.Of(step)} has no whole number of steps from 1 to {MostSteps}.",
                "Let min be below max, and step divide max − min."
            );
            return null;
        }
        return scale;
    }

    private static bool IsWritten(double number) => NumberText.TryParse(NumberText.Of(number), out var read) && read == number;

    private static string? Sane(double number) => Math.Abs(number) < 1e9 ? null : "a number between -1e9 and 1e9";

    private static Dictionary<double, string> Anchors(DocumentMap criterion, Scale scale, ProblemList problems)
    {
        var anchors = new Dictionary<double, string>();
        if (criterion.Find("anchors") is not { } node || DocumentMap.Open(node, problems, "anchors", []) is not { } map)
            return anchors;
        foreach (var (key, value) in map.Entries)
        {
            if (!NumberText.TryParse(key.Value, out var score) || !scale.InRange(score) || !scale.OnStep(score))
                problems.Error(
                    "wrong-anchor",
                    key,
                    $"'{key.Value}' is no score of the scale.",
                    "Anchor scores that graders can give."
                );
            else
                anchors[score] = value.Value;
        }
        return anchors;
    }

    private static List<Provider> Providers(DocumentMap benchmark, ProblemList problems)
    {
        var providers = new List<Provider>();
        if (benchmark.Find("providers") is not { } node || DocumentMap.Open(node, problems, "providers", []) is not { } all)
            return providers;
        foreach (var (key, value) in all.Entries)
        {
            if (
                DocumentMap.Open(
                    value,
                    problems,
                    $"the provider '{key.Value}'",
                    ["base_url", "key_env", "api", "idle_timeout", "timeout"]
                )
                is not { } map
            )
                continue;
            if (Address(map, problems) is not { } address)
                continue;
            providers.Add(
                new(key.Value, address, KeyEnvironment(map, problems))
                {
                    Api = map.Choice("api", ProviderApi.Chat),
                    IdleTimeoutSeconds = map.Number("idle_timeout", 300, Seconds),
                    TimeoutSeconds = map.Number("timeout", 1800, Seconds),
                }
            );
        }
        return providers;
    }

    private static string? Seconds(double number) => number is > 0 and <= 86_400 ? null : "seconds from above 0 to 86400";

    // What is wrong is told without the value: people put keys here.
    private static Uri? Address(DocumentMap provider, ProblemList problems)
    {
        if (
            !Uri.TryCreate(provider.Text("base_url"), UriKind.Absolute, out var address)
            || address.Scheme is not ("http" or "https")
        )
            problems.Error(
                "wrong-value",
                provider.Find("base_url") ?? provider.Node,
                "'base_url' should be an http or https address.",
                "Write the API's address."
            );
        else if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
            problems.Error(
                "wrong-value",
                provider.Find("base_url")!,
                "'base_url' has a user, a query or a fragment, which may hold a secret, and the address is written beside outputs.",
                "Write the bare address, and put the key into the environment variable that 'key_env' names."
            );
        else
            return address;
        return null;
    }

    private static string? KeyEnvironment(DocumentMap provider, ProblemList problems)
    {
        if (provider.OptionalText("key_env") is not { } name)
            return null;
        if (name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !char.IsAsciiDigit(name.FirstOrDefault('0')))
            return name;
        problems.Error(
            "wrong-value",
            provider.Find("key_env")!,
            "'key_env' should be the name of an environment variable.",
            "Write the variable's name, such as EXAMPLE_API_KEY. If this is the key itself, take it out of the file and replace it at the provider."
        );
        return null;
    }

    private static List<ModelEntry> Models(DocumentMap benchmark, ProblemList problems, List<Provider> providers)
    {
        var (models, ids) = (new List<ModelEntry>(), new HashSet<ModelId>());
        foreach (var node in benchmark.List("models"))
        {
            if (
                DocumentMap.Open(
                    node,
                    problems,
                    "a model",
                    ["id", "provider", "model", "license", "parameters", "price", "system"]
                )
                is not { } map
            )
                continue;
            if (map.Id<ModelId>("id", ModelId.TryParse, ModelId.Rule) is not { } id)
                continue;
            if (id.Sample != 1)
                problems.Error("wrong-id", node, "A model's id has no sample number.", $"Write '{id.Model}'.");
            if (!ids.Add(id))
                problems.Error("duplicate-id", node, $"The model '{id}' is listed twice.", "Remove one of them.");
            var provider = map.OptionalText("provider");
            if (provider is not null && !providers.Exists(p => p.Id == provider))
                problems.Error(
                    "unknown-provider",
                    map.Find("provider")!,
                    $"There is no provider '{provider}'.",
                    Nearest.Hint(provider, [.. providers.Select(p => p.Id)])
                );
            models.Add(
                new(id, provider, map.OptionalText("model"), map.OptionalText("license"), Parameters(map, problems))
                {
                    Price = Price(map, problems),
                    System = map.OptionalText("system"),
                }
            );
        }
        return models;
    }

    private static TokenPrice? Price(DocumentMap model, ProblemList problems)
    {
        if (
            model.Find("price") is not { } node
            || DocumentMap.Open(node, problems, "a price", ["input", "output"]) is not { } map
        )
            return null;
        if (map.OptionalNumber("input", Dollars) is { } input && map.OptionalNumber("output", Dollars) is { } output)
            return new(input, output);
        if (map.Find("input") is null || map.Find("output") is null)
            problems.Error(
                "missing-key",
                node,
                "A price needs 'input' and 'output'.",
                "Write US dollars for a million tokens, such as 'price: {input: 0.15, output: 0.6}'."
            );
        return null;
    }

    private static string? Dollars(double number) =>
        number is >= 0 and <= 1e6 ? null : "US dollars for a million tokens, 0 or more";

    // A request has one model, one conversation and one answer.
    private static readonly string[] OwnParameters = ["model", "messages", "system", "n"];

    private static Dictionary<string, string> Parameters(DocumentMap model, ProblemList problems)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        if (model.Find("parameters") is not { } node || DocumentMap.Open(node, problems, "parameters", []) is not { } map)
            return parameters;
        foreach (var (key, value) in map.Entries)
        {
            if (OwnParameters.Contains(key.Value))
                problems.Error(
                    "wrong-value",
                    key,
                    $"'{key.Value}' is no parameter: Concord sets it itself.",
                    "Remove it; 'model' and 'system' are keys of the model, and '--samples N' asks more than once."
                );
            parameters[key.Value] = NodeJson.Of(value);
        }
        return parameters;
    }

    private static GradingPolicy Grading(DocumentMap benchmark, ProblemList problems)
    {
        if (
            benchmark.Find("grading") is not { } node
            || DocumentMap.Open(node, problems, "grading", ["blind", "overlap"]) is not { } map
        )
            return new(true, 3);
        return new(map.Flag("blind", true), map.Whole("overlap", 3, least: 1, most: 1000));
    }

    private static ConsensusPolicy Consensus(DocumentMap benchmark, ProblemList problems)
    {
        const int Replicates = 1000;
        const int Seed = 1;
        if (
            benchmark.Find("consensus") is not { } node
            || DocumentMap.Open(
                node,
                problems,
                "consensus",
                ["method", "rater_model", "min_graders", "trim", "failed_outputs", "queue", "bootstrap", "seed"]
            )
                is not { } map
        )
            return new(ConsensusMethod.Median, 2, 0.2, FailedOutputs.Exclude, Replicates, Seed);
        return new(
            map.Choice("method", ConsensusMethod.Median),
            map.Whole("min_graders", 2, least: 1, most: 1000),
            map.Number("trim", 0.2, t => t is >= 0 and < 0.5 ? null : "a share from 0 to below 0.5"),
            map.Choice("failed_outputs", FailedOutputs.Exclude),
            map.Whole("bootstrap", Replicates, least: 0, most: 100_000),
            (ulong)map.Whole("seed", Seed, least: 0)
        )
        {
            RaterModel = map.Choice("rater_model", RaterModelChoice.Auto),
            Queue = map.Choice("queue", QueueOrder.ExpectedLoss),
        };
    }

    private static FlagPolicy Flags(DocumentMap benchmark, ProblemList problems)
    {
        if (
            benchmark.Find("flags") is not { } node
            || DocumentMap.Open(node, problems, "flags", ["range", "expected_loss"]) is not { } map
        )
            return new(null, null);
        return new(
            map.OptionalNumber("range", r => r > 0 ? null : "a number above 0"),
            map.OptionalNumber("expected_loss", l => l > 0 ? null : "a number above 0")
        );
    }
}
