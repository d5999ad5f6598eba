using System.CommandLine;
using System.Globalization;
using Concord.Core.Domain;
using Concord.Pipeline.Running;

namespace Concord.App.Commands;

internal static class BenchRunCommand
{
    private const int MostSamples = 1000;
    private const int MostConcurrency = 64;

    public static Command Create(Terminal terminal)
    {
        var challenge = new Option<string[]>("--challenge")
        {
            Description = "Only this challenge; may be given several times.",
            HelpName = "ID",
        };
        var models = new Option<string?>("--models")
        {
            Description = "Only these models, separated by commas; else all that have a provider.",
            HelpName = "A,B",
        };
        var samples = Whole("--samples", "How many samples of each model; the second is kept as <model>@2.", 1, MostSamples);
        var concurrency = Whole("--concurrency", "How many requests at a time.", 4, MostConcurrency);
        var noCache = new Option<bool>("--no-cache") { Description = "Ask even where a reply of an earlier run is kept." };
        var cachedOnly = new Option<bool>("--cached-only") { Description = "Ask nobody; take replies of earlier runs." };
        var dryRun = new Option<bool>("--dry-run")
        {
            Description = "Say what would be asked and what it may cost; write nothing.",
        };
        var maxCost = new Option<string?>("--max-cost")
        {
            Description = "Stop before the run costs more than so many US dollars.",
            HelpName = "USD",
        };
        maxCost.Validators.Add(r =>
        {
            if (r.Tokens.Count > 0 && (!NumberText.TryParse(r.Tokens[0].Value, out var usd) || usd < 0))
                r.AddError($"--max-cost takes US dollars, such as 2.50; '{r.Tokens[0].Value}' is none.");
        });
        var shard = ShardOption.Create();
        var command = new Command(
            "run",
            "Ask models for the outputs that are missing or outdated. Run it again after an interruption: what is done stays done."
        )
        {
            challenge,
            models,
            samples,
            concurrency,
            noCache,
            cachedOnly,
            dryRun,
            maxCost,
            shard,
        };
        command.Validators.Add(r =>
        {
            if (r.GetValue(noCache) && r.GetValue(cachedOnly))
                r.AddError("--no-cache and --cached-only exclude each other.");
        });
        var options = new WorkspaceOptions(terminal).AddTo(command, at: false);
        command.SetAction(
            async (parsed, cancellation) =>
            {
                using var open = await options.OpenAsync(parsed, cancellation);
                var run = new RunOptions
                {
                    Challenges = [.. (parsed.GetValue(challenge) ?? []).Distinct()],
                    Models = [.. (parsed.GetValue(models) ?? "").Split(',', Trimmed).Distinct()],
                    Samples = parsed.GetValue(samples),
                    Concurrency = parsed.GetValue(concurrency),
                    UseCache = !parsed.GetValue(noCache),
                    CachedOnly = parsed.GetValue(cachedOnly),
                    DryRun = parsed.GetValue(dryRun),
                    MaxCost = parsed.GetValue(maxCost) is { } usd ? double.Parse(usd, CultureInfo.InvariantCulture) : null,
                    Shard = ShardOption.Of(parsed, shard),
                };
                var progress = new BenchProgress(terminal);
                RunResult result;
                try
                {
                    result = await BenchRun.RunAsync(
                        open.Root,
                        open.Repository,
                        run,
                        ConcordCli.Version,
                        TimeProvider.System,
                        progress.Begin,
                        progress.Report,
                        cancellation
                    );
                }
                finally
                {
                    progress.End();
                }
                if (options.AsJson(parsed))
                    Json.Write(terminal.Out, BenchRunResult.Document(result, run));
                else
                    BenchRunResult.Print(terminal, result, run);
                return result.Outcomes.Any(o => o.Kind == OutcomeKind.NoReply) ? ConcordCli.Findings : ConcordCli.Done;
            }
        );
        return command;
    }

    private const StringSplitOptions Trimmed = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;

    private static Option<int> Whole(string name, string description, int fallback, int most)
    {
        var option = new Option<int>(name)
        {
            Description = description,
            DefaultValueFactory = _ => fallback,
            HelpName = "N",
        };
        WholeNumber.UpTo(option, most);
        return option;
    }
}
