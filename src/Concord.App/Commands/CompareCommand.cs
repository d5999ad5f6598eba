using System.CommandLine;
using System.CommandLine.Parsing;
using Concord.Core.Domain;
using Concord.Core.Domain.Comparison;
using Concord.Core.Domain.Consensus;
using Concord.Pipeline.Workspaces;

namespace Concord.App.Commands;

internal static class CompareCommand
{
    private const int DefaultReplicates = 2000;

    public static Command Create(Terminal terminal)
    {
        var models = new Argument<string[]>("MODEL")
        {
            Description = "Two models or more; differences are the first less the second.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var criteria = new Option<string[]>("--criterion")
        {
            Description = "Only this criterion, or overall; else overall and every one.",
            HelpName = "ID",
        };
        var pass = new Option<double?>("--pass")
        {
            Description = "Count a challenge as passed from this score on, and test who passes more.",
            HelpName = "SCORE",
            CustomParser = r => Number(r, "--pass", double.MinValue),
        };
        var all = new Option<bool>("--all") { Description = "Estimate strengths among all models; without a MODEL compare all." };
        var adjust = new Option<string>("--adjust")
        {
            Description = "How p-values of several pairs are adjusted: holm (planned), bh (many), none.",
            DefaultValueFactory = _ => Names.Of(Adjustment.Holm),
            HelpName = "METHOD",
        };
        adjust.AcceptOnlyFromAmong([.. Names.All<Adjustment>()]);
        var prior = new Option<double?>("--prior")
        {
            Description = "The weight of a prior that keeps strengths finite, such as 0.1; 0 for none.",
            DefaultValueFactory = _ => 0,
            HelpName = "WEIGHT",
            CustomParser = r => Number(r, "--prior", 0),
        };
        var bootstrap = BootstrapOption.Create("Bootstrap resamples of challenges for intervals; 0 for none.", DefaultReplicates);
        var seed = SeedOption.Create<ulong?>("The seed of random numbers; else benchmark.yaml's.");
        var command = new Command("compare", "Models against each other on shared challenges: differences, intervals, tests.")
        {
            models,
            criteria,
            pass,
            all,
            adjust,
            prior,
            bootstrap,
            seed,
        };
        var options = new WorkspaceOptions(terminal).AddTo(command);
        command.SetAction(
            async (parsed, cancellation) =>
            {
                using var open = await options.OpenAsync(parsed, cancellation);
                var workspace = terminal
                    .While("Reading the workspace", () => WorkspaceReader.Read(open.Tree, open.Cache))
                    .OrThrow();
                string[] known = [.. workspace.Outputs.Select(o => o.Key.Model.Model).Distinct().Order(StringComparer.Ordinal)];
                var named = Chosen(parsed.GetValue(models)!, known, parsed.GetValue(all));
                var request = new ComparisonRequest(
                    named,
                    parsed.GetValue(all) ? known : named,
                    Criteria(parsed.GetValue(criteria) ?? [], workspace.Benchmark),
                    parsed.GetValue(pass),
                    parsed.GetValue(bootstrap),
                    parsed.GetValue(seed) ?? workspace.Benchmark.Consensus.Seed,
                    Names.TryParse<Adjustment>(parsed.GetValue(adjust)!, out var adjustment) ? adjustment : default,
                    parsed.GetValue(prior) ?? 0
                );
                var comparison = terminal.While(
                    "Comparing",
                    () =>
                        ModelComparison.Of(
                            workspace,
                            // Agreement's own intervals are not asked for here.
                            ConsensusTables.Of(workspace, workspace.Benchmark.Consensus with { Bootstrap = 0 }),
                            request
                        )
                );
                cancellation.ThrowIfCancellationRequested();
                if (options.AsJson(parsed))
                    Json.WriteExact(terminal.Out, ComparisonJson.Of(comparison, open.Commit));
                else
                    ComparisonText.Print(terminal, comparison);
                return ConcordCli.Done;
            }
        );
        return command;
    }

    private static double? Number(ArgumentResult result, string option, double least)
    {
        if (NumberText.TryParse(result.Tokens[0].Value, out var number) && number >= least)
            return number;
        result.AddError(
            $"{option} takes a number{(least == 0 ? ", 0 or more" : "")}, such as {(least == 0 ? "0.1" : "3.5")}; '{result.Tokens[0].Value}' is none."
        );
        return null;
    }

    private static string[] Chosen(string[] models, string[] known, bool all)
    {
        foreach (var model in models)
            if (!known.Contains(model, StringComparer.Ordinal))
                throw new ConcordException(
                    "unknown-model",
                    $"No output is of the model '{model}'.",
                    ModelId.TryParse(model, out var id) && id.Sample > 1 && known.Contains(id.Model)
                        ? $"Samples of a model are one model: write '{id.Model}'."
                        : Nearest.Hint(model, known)
                );
        if (models.Distinct(StringComparer.Ordinal).Count() < models.Length)
            throw new ConcordException("same-model", "A model is named twice.", "Name different models.");
        if (models.Length == 0 && all)
            models = known;
        return models.Length >= 2
            ? models
            : throw new ConcordException(
                "too-few-models",
                models.Length == 0 && all
                    ? "There are fewer than two models in the workspace."
                    : "A comparison needs two models.",
                models.Length == 0 && all
                    ? "Add outputs of another."
                    : $"Name them, or compare all by --all. {Nearest.Hint("", known)}"
            );
    }

    private static string[] Criteria(string[] chosen, Benchmark benchmark)
    {
        string[] known = [CriterionId.Overall, .. benchmark.Criteria.Select(c => c.Id.Value)];
        foreach (var criterion in chosen)
            if (!known.Contains(criterion, StringComparer.Ordinal))
                throw new ConcordException(
                    "unknown-criterion",
                    $"The rubric has no criterion '{criterion}'.",
                    Nearest.Hint(criterion, known)
                );
        return chosen.Length == 0 ? known : [.. known.Where(chosen.Contains)];
    }
}
