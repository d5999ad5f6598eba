using System.CommandLine;
using Concord.Core.Domain;
using Concord.Core.Domain.Consensus;
using Concord.Core.Statistics;
using Concord.Core.Statistics.Agreement;
using Concord.Pipeline.Csv;
using Concord.Pipeline.Documents;

namespace Concord.App.Commands;

/// <summary>Which coefficients of agreement to compute, and by which weights.</summary>
internal sealed class CoefficientOptions
{
    private const double OneUnit = 1;
    private const long MostBytes = 256L * 1024 * 1024; // 2,000 categories are 80 MB at most

    private readonly Terminal terminal;
    private readonly Option<string[]> coefficients = new("--coefficients")
    {
        Description =
            $"Only these, comma-separated: all, or {string.Join(", ", AgreementCoefficient.Names)}; with :WEIGHTS for one weighting.",
        HelpName = "NAMES",
    };
    private readonly Option<string?> weights = new("--weights")
    {
        Description = "A CSV matrix of weights by category, 0 to 1, for a further row of each coefficient that takes weights.",
        HelpName = "FILE",
    };
    private readonly Option<double> within = new("--within")
    {
        Description = "How far apart grades may be and still agree, in percent-agreement within-K and with --raters.",
        DefaultValueFactory = _ => OneUnit,
        HelpName = "K",
    };
    private readonly Option<bool> raters = new("--raters") { Description = "Add the agreement of each pair of raters." };

    public CoefficientOptions(Terminal terminal)
    {
        this.terminal = terminal;
        within.Validators.Add(r =>
        {
            if (r.Tokens.Count > 0 && AgreementDistance.TryParse($"within-{r.Tokens[0].Value}") is null)
                r.AddError(
                    "--within takes a number, 0 or more, with at most six decimals and no zeros behind them, such as 0.5."
                );
        });
        coefficients.Validators.Add(result =>
        {
            foreach (
                var name in result
                    .Tokens.SelectMany(t => CommaSeparated.Split(t.Value))
                    .Where(name => !AgreementCoefficient.IsKnown(name))
            )
                result.AddError(
                    $"There is no coefficient '{name}'. Known here: all, {string.Join(", ", AgreementCoefficient.Names)}; with :WEIGHTS for one weighting."
                );
        });
    }

    public void AddTo(Command command)
    {
        command.Options.Add(coefficients);
        command.Options.Add(weights);
        command.Options.Add(within);
        command.Options.Add(raters);
    }

    public async Task<Chosen> ReadAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var names = parsed.GetValue(coefficients) is { Length: > 0 } asked
            ? asked.SelectMany(CommaSeparated.Split).ToArray()
            : null;
        WeightsTable? table = null;
        if (parsed.GetValue(weights) is { } file)
        {
            var path = Path.GetFullPath(file, terminal.Folder);
            if (!File.Exists(path))
                throw new ConcordException("no-file", "The file does not exist.", "Name a CSV file.", file);
            var problems = new ProblemList(file);
            using var bytes = await TableBytes.OfFileAsync(path, cancellation, MostBytes);
            table = WeightsCsv.Read(bytes.ToArray(file), problems);
            if (problems.HasErrors)
                throw new ConcordException(Problem.Sorted(problems.Problems));
        }
        return new(
            names,
            AgreementDistance.OfUnits(parsed.GetValue(within)),
            parsed.GetResult(within) is { Implicit: false },
            table,
            parsed.GetValue(weights) ?? "",
            parsed.GetValue(raters)
        );
    }

    /// <summary>What was chosen.</summary>
    internal sealed record Chosen(
        IReadOnlyList<string>? Names,
        AgreementDistance Within,
        bool IsWithinAsked,
        WeightsTable? Weights,
        string File,
        bool Raters
    )
    {
        public AgreementResult Analyse(RatingsTable table, MeasurementLevel[] levels, int replicates, ulong seed, bool items)
        {
            return new(
                table,
                AgreementCoefficient.Of(
                    table.Ratings,
                    Names,
                    levels,
                    Distances(table.Ratings),
                    replicates,
                    seed,
                    Custom(table.Ratings)
                ),
                items
            )
            {
                Pairs = Raters ? new(Within, Pairs(table.Ratings)) : null,
            };
        }

        // Between words there is no distance, which is said where somebody asks for one.
        private AgreementDistance[] Distances(Ratings ratings)
        {
            var named = (Names ?? []).Select(AgreementCoefficient.DistanceOf).OfType<AgreementDistance>();
            var all = ratings.CategoryValues is not null || IsWithinAsked ? named.Append(Within) : named;
            return [.. all.Distinct().OrderBy(d => d.Distance)];
        }

        private AgreementWeights? Custom(Ratings ratings)
        {
            if (Weights is null)
                return null;
            try
            {
                return AgreementWeights.Custom(ratings, Weights.Categories, Weights.Weights);
            }
            catch (ArgumentException e)
            {
                throw new ConcordException("wrong-weights", e.Message, "Mend the matrix of weights.", File);
            }
        }

        private IReadOnlyList<RaterPair> Pairs(Ratings ratings) =>
            PairwiseAgreement.Of(ratings, Within.Distance)
            ?? throw new ConcordException(
                "too-many-pairs",
                "The pairs of raters on the same items are too many to compare each.",
                "Leave out --raters, or give fewer ratings of an item."
            );
    }
}
