using System.CommandLine;
using Concord.Core.Domain;
using Concord.Core.Statistics;
using Concord.Pipeline.Csv;
using Concord.Pipeline.Documents;

namespace Concord.App.Commands;

internal static class AgreementCommand
{
    private const int DefaultReplicates = 1000;

    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("FILE")
        {
            Description = "A CSV table item,rater,grade[,criterion]; - reads standard input.",
        };
        var level = new Option<string[]>("--level") { Description = "Only these levels of measurement.", HelpName = "LEVEL" };
        level.AcceptOnlyFromAmong([.. Names.All<MeasurementLevel>()]);
        var bootstrap = BootstrapOption.Create("Bootstrap replicates for intervals; 0 for none.", DefaultReplicates);
        var seed = SeedOption.Create<ulong>("The seed of the bootstrap, and of random sign flips.");
        seed.DefaultValueFactory = _ => 1;
        var items = new Option<bool>("--items") { Description = "Add a summary of each item." };
        var coefficients = new CoefficientOptions(terminal);
        var output = new Option<string?>("--output")
        {
            Description =
                "Write agreement.csv into this folder, or pairwise.csv or paired.csv; with --items items.csv (not printed then), with --raters rater_pairs.csv, with --models raters.csv and labels.csv.",
            HelpName = "DIR",
        };
        var json = new Option<bool>("--json") { Description = "Print one JSON document." };
        var command = new Command("agreement", "Inter-rater agreement of any ratings table.")
        {
            file,
            level,
            bootstrap,
            seed,
            items,
            output,
            json,
        };
        coefficients.AddTo(command);
        var models = new ModelOptions().AddTo(command);
        var samples = new RawSamples().AddTo(command);
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var folder = parsed.GetValue(output) is { } place ? AgreementFiles.Folder(terminal, place) : null;
                var (name, bytes) = await OpenAsync(terminal, parsed.GetValue(file)!, cancellation);
                using var opened = bytes;
                if (
                    samples.TryPrint(
                        terminal,
                        parsed,
                        name,
                        bytes,
                        parsed.GetValue(bootstrap),
                        parsed.GetValue(seed),
                        folder,
                        parsed.GetValue(json)
                    )
                )
                    return ConcordCli.Done;
                var problems = new ProblemList(name);
                var tables = terminal.While("Reading the table", () => RatingsCsv.Read(bytes, problems, models.Repeats(parsed)));
                if (problems.HasErrors)
                    throw new ConcordException(Problem.Sorted(problems.Problems.Where(p => p.Severity == Severity.Error)));
                foreach (var note in problems.Problems)
                    await terminal.Error.WriteLineAsync(note.ToString());
                if (tables.Count == 0)
                    await terminal.Error.WriteLineAsync($"{name}: The table has no ratings, so there is nothing to compute.");
                var levels = parsed.GetValue(level) is { Length: > 0 } named
                    ? Enum.GetValues<MeasurementLevel>().Where(l => named.Contains(Names.Of(l))).ToArray()
                    : Enum.GetValues<MeasurementLevel>();
                var chosen = await coefficients.ReadAsync(parsed, cancellation);
                var results = terminal.While(
                    "Computing agreement",
                    () =>
                        tables
                            .Select(t =>
                                (
                                    models.Repeats(parsed)
                                        ? new AgreementResult(t, [], false)
                                        : chosen.Analyse(
                                            t,
                                            levels,
                                            parsed.GetValue(bootstrap),
                                            parsed.GetValue(seed),
                                            parsed.GetValue(items) && folder is null
                                        )
                                ) with
                                {
                                    Models = models.Fit(parsed, t.Ratings, cancellation),
                                }
                            )
                            .ToArray()
                );
                if (folder is not null)
                    terminal.While("Writing", () => AgreementFiles.Write(folder, results, parsed.GetValue(items)));
                if (parsed.GetValue(json))
                    Json.WriteExact(terminal.Out, new { Criteria = results.Select(r => r.Json) });
                else
                    foreach (var result in results)
                        result.Print(terminal);
                return ConcordCli.Done;
            }
        );
        return command;
    }

    private static async Task<(string, TableBytes)> OpenAsync(Terminal terminal, string file, CancellationToken cancellation)
    {
        if (file == "-")
            return ("standard input", await TableBytes.OfStreamAsync(terminal.Input, cancellation));
        var path = Path.GetFullPath(file, terminal.Folder);
        if (!File.Exists(path))
            throw new ConcordException("no-file", "The file does not exist.", "Name a CSV file, or - for standard input.", file);
        return (file, await TableBytes.OfFileAsync(path, cancellation));
    }
}
