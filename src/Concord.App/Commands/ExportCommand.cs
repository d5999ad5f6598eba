using System.CommandLine;
using Concord.Core.Domain;
using Concord.Core.Domain.Consensus;
using Concord.Core.Domain.Preferences;
using Concord.Pipeline.Exporting;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;

namespace Concord.App.Commands;

internal static class ExportCommand
{
    public static Command Create(Terminal terminal)
    {
        var format = Choice<ExportFormat>("--format", "The shape of a line.", ExportFormat.TrlConversational);
        var output = new Option<string>("--output", "-o")
        {
            Description = "The file to write; - is standard output.",
            Required = true,
            HelpName = "PATH",
        };
        var pairs = Choice<PairStrategy>("--pairs", "Which outputs of a challenge are compared.", PairStrategy.BestVsRest);
        var defaults = new PairRules();
        var minVotes = Whole("--min-votes", "Votes that an output needs.", defaults.MinVotes);
        var minCommon = Whole("--min-common", "Graders who must have scored both outputs.", defaults.MinCommon);
        var minMargin = Number("--min-margin", "The smallest difference, in score units.", defaults.MinMargin);
        var minChosen = Number("--min-chosen", "The lowest score of a chosen output.", defaults.MinChosen);
        var maxPerPrompt = Whole("--max-per-prompt", "The most pairs of a challenge; 0 is no limit.", defaults.MaxPerPrompt);
        var weights = new Option<string?>("--weights")
        {
            Description = "Criterion weights in place of the benchmark's, such as functionality=1,aesthetics=1.",
            HelpName = "LIST",
        };
        var conflicts = new Option<bool>("--keep-conflicts")
        {
            Description = "Keep pairs whose better output is worse on some criterion.",
        };
        var command = new Command("export", "Preference data for trainers, and what each rule left out.")
        {
            format,
            output,
            pairs,
            minVotes,
            minCommon,
            minMargin,
            minChosen,
            maxPerPrompt,
            weights,
            conflicts,
        };
        var options = new WorkspaceOptions(terminal).AddTo(command, json: false);
        command.SetAction(
            async (parsed, cancellation) =>
            {
                using var open = await options.OpenAsync(parsed, cancellation);
                var workspace = terminal
                    .While("Reading the workspace", () => WorkspaceReader.Read(open.Tree, open.Cache))
                    .OrThrow();
                if (parsed.GetValue(weights) is { } list)
                    workspace = workspace with { Benchmark = CriterionWeights.Apply(workspace.Benchmark, list) };
                var rules = new PairRules
                {
                    Strategy = Value<PairStrategy>(parsed.GetValue(pairs)!),
                    MinVotes = parsed.GetValue(minVotes),
                    MinCommon = parsed.GetValue(minCommon),
                    MinMargin = parsed.GetValue(minMargin),
                    MinChosen = parsed.GetValue(minChosen),
                    MaxPerPrompt = parsed.GetValue(maxPerPrompt),
                    KeepConflicts = parsed.GetValue(conflicts),
                };
                // Pairs need no agreement, so its intervals are not drawn.
                var policy = workspace.Benchmark.Consensus with
                {
                    Bootstrap = 0,
                };
                var candidates = terminal.While(
                    "Reading the outputs",
                    () => CandidateReader.Read(workspace, ConsensusTables.Of(workspace, policy), open.Tree)
                );
                var (bytes, report) = terminal.While(
                    "Choosing pairs",
                    () => PairExport.Run(workspace, candidates, rules, Value<ExportFormat>(parsed.GetValue(format)!))
                );
                foreach (var line in PairReportText.Lines(report))
                    await terminal.Error.WriteLineAsync(line);
                if (report.Pairs == 0)
                {
                    await terminal.Error.WriteLineAsync("No file was written.");
                    return ConcordCli.Findings;
                }
                var path = parsed.GetValue(output)!;
                if (path == "-")
                    await terminal.Out.WriteAsync(System.Text.Encoding.UTF8.GetString(bytes));
                else
                    AtomicFile.ReplaceOrFill(OutputPath.Of(path, terminal.Folder, open.Root), bytes);
                return ConcordCli.Done;
            }
        );
        return command;
    }

    private static Option<string> Choice<TEnum>(string name, string description, TEnum fallback)
        where TEnum : struct, Enum
    {
        var option = new Option<string>(name)
        {
            Description = description,
            DefaultValueFactory = _ => Names.Of(fallback),
            HelpName = name[2..].ToUpperInvariant(),
        };
        option.AcceptOnlyFromAmong([.. Names.All<TEnum>()]);
        return option;
    }

    private static TEnum Value<TEnum>(string name)
        where TEnum : struct, Enum =>
        Names.TryParse<TEnum>(name, out var value) ? value : throw new ArgumentOutOfRangeException(nameof(name), name, null);

    private static Option<int> Whole(string name, string description, int fallback)
    {
        var option = new Option<int>(name)
        {
            Description = description,
            DefaultValueFactory = _ => fallback,
            HelpName = "N",
        };
        option.Validators.Add(r =>
        {
            if (r.Tokens.Count > 0 && (!int.TryParse(r.Tokens[0].Value, out var n) || n < 0))
                r.AddError($"{name} takes a whole number of at least 0.");
        });
        return option;
    }

    private static Option<double> Number(string name, string description, double fallback)
    {
        var option = new Option<double>(name)
        {
            Description = description,
            HelpName = "X",
            DefaultValueFactory = _ => fallback,
            CustomParser = r =>
            {
                if (NumberText.TryParse(r.Tokens[0].Value, out var number) && number >= 0)
                    return number;
                r.AddError($"{name} takes a number of at least 0, with '.' before decimals.");
                return fallback;
            },
        };
        return option;
    }
}
