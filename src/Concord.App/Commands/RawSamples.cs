using System.CommandLine;
using System.CommandLine.Parsing;
using Concord.Core.Domain;
using Concord.Core.Statistics.Comparison;
using Concord.Core.Statistics.Pairwise;
using Concord.Pipeline.Csv;
using Concord.Pipeline.Documents;

namespace Concord.App.Commands;

/// <summary>The tables of <c>concord agreement</c> that hold no ratings: pairwise wins, and paired samples.</summary>
internal sealed class RawSamples
{
    private readonly Option<bool> _pairwise = new("--pairwise")
    {
        Description = "Read left,right,wins_left,wins_right[,ties] and fit Bradley-Terry.",
    };

    private readonly Option<bool> _paired = new("--paired") { Description = "Read a,b, one pair a row, and compare the two." };

    private readonly Option<double> _prior = new("--prior")
    {
        Description = "With --pairwise, the weight of a prior that keeps strengths finite, such as 0.1.",
        HelpName = "WEIGHT",
    };

    public RawSamples AddTo(Command command)
    {
        _prior.Validators.Add(r =>
        {
            if (r.Tokens.Count > 0 && (!NumberText.TryParse(r.Tokens[0].Value, out var weight) || weight < 0))
                r.AddError("--prior takes a number, 0 or more.");
        });
        command.Validators.Add(r =>
        {
            if (IsGiven(r, _pairwise) && IsGiven(r, _paired))
                r.AddError("--pairwise and --paired are different tables: give one of them.");
            RefuseUnused(r, _pairwise, ["--prior", "--output", "--json"]);
            RefuseUnused(r, _paired, ["--bootstrap", "--seed", "--output", "--json"]);
            if (IsGiven(r, _prior) && !IsGiven(r, _pairwise))
                r.AddError("--prior is for --pairwise.");
        });
        command.Add(_pairwise);
        command.Add(_paired);
        command.Add(_prior);
        return this;
    }

    /// <summary>Prints the analysis of such a table, and writes it where a folder is named.</summary>
    /// <returns>False where the table is one of ratings.</returns>
    public bool TryPrint(
        Terminal terminal,
        ParseResult parsed,
        string name,
        TableBytes bytes,
        int replicates,
        ulong seed,
        string? folder,
        bool json
    )
    {
        var problems = new ProblemList(name);
        if (parsed.GetValue(_pairwise))
        {
            var table = terminal.While("Reading the table", () => PairwiseTableCsv.Read(bytes.ToArray(name), problems));
            Report(terminal, problems);
            var fit = terminal.While("Fitting", () => BradleyTerry.Fit(table!, parsed.GetValue(_prior)));
            if (folder is not null)
                StrengthsCsv.Write(Path.Combine(folder, "pairwise.csv"), fit);
            if (json)
                Json.WriteExact(terminal.Out, new { Pairwise = ComparisonJson.Strengths(fit, "item") });
            else
                StrengthsText.Print(terminal, fit);
            return true;
        }
        if (!parsed.GetValue(_paired))
            return false;
        var samples = terminal.While("Reading the table", () => PairedCsv.Read(bytes.ToArray(name), problems));
        Report(terminal, problems);
        var paired = terminal.While("Comparing", () => PairedAnalysis.Of(samples!.A, samples.B, replicates, seed));
        if (folder is not null)
            PairedStatisticsCsv.Write(Path.Combine(folder, "paired.csv"), paired);
        if (json)
            Json.WriteExact(terminal.Out, new { Paired = ComparisonJson.Statistics(paired) });
        else
            ComparisonText.PrintStatistics(terminal, paired);
        return true;
    }

    // What would be passed over in silence is refused.
    private static void RefuseUnused(CommandResult parsed, Option<bool> table, string[] used)
    {
        if (!IsGiven(parsed, table))
            return;
        foreach (var option in parsed.Command.Options)
            if (
                option is not Option<bool> { Name: "--pairwise" or "--paired" }
                && !used.Contains(option.Name)
                && IsGiven(parsed, option)
            )
                parsed.AddError($"{option.Name} is for tables of ratings, and {table.Name} reads another table.");
    }

    private static bool IsGiven(CommandResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    private static void Report(Terminal terminal, ProblemList problems)
    {
        if (problems.HasErrors)
            throw new ConcordException(Problem.Sorted(problems.Problems.Where(p => p.Severity == Severity.Error)));
        foreach (var note in problems.Problems)
            terminal.Error.WriteLine(note.ToString());
    }
}
