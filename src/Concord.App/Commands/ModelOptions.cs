using System.CommandLine;
using Concord.Core.Domain;
using Concord.Core.Statistics;
using Concord.Core.Statistics.RaterModels;

namespace Concord.App.Commands;

/// <summary>Which rater models to fit to a raw table, and how.</summary>
internal sealed class ModelOptions
{
    private const string Every = "all";

    private readonly Option<string[]> _models = new("--models")
    {
        Description = $"Fit these rater models, comma-separated: {Every}, or {string.Join(", ", FittedModel.All)}.",
        HelpName = "NAMES",
    };

    private readonly Option<int?> _iterations = new("--iterations")
    {
        Description = "With --models, exactly so many iterations; else until they settle.",
        HelpName = "N",
    };

    private readonly Option<bool> _repeats = new("--repeats")
    {
        Description = "With --models, a rater may rate an item repeatedly; agreement needs one rating each, so it is left out.",
    };

    public ModelOptions AddTo(Command command)
    {
        _models.Validators.Add(result =>
        {
            foreach (
                var name in result
                    .Tokens.SelectMany(t => CommaSeparated.Split(t.Value))
                    .Where(n => n != Every && !FittedModel.All.Contains(n))
            )
                result.AddError($"There is no rater model '{name}'. {Nearest.Hint(name, [Every, .. FittedModel.All])}");
        });
        _iterations.Validators.Add(r =>
        {
            if (r.Tokens.Count > 0 && (!int.TryParse(r.Tokens[0].Value, out var n) || n is < 1 or > 1_000_000))
                r.AddError("--iterations takes a whole number from 1 to 1000000.");
        });
        command.Validators.Add(r =>
        {
            if (
                r.GetResult(_models) is null
                && (r.GetResult(_repeats) is { Implicit: false } || r.GetResult(_iterations) is not null)
            )
                r.AddError("--repeats and --iterations are for --models.");
        });
        command.Options.Add(_models);
        command.Options.Add(_iterations);
        command.Options.Add(_repeats);
        return this;
    }

    public bool Repeats(ParseResult parsed) => parsed.GetValue(_repeats);

    public IReadOnlyList<FittedModel> Fit(ParseResult parsed, Ratings ratings, CancellationToken cancellation)
    {
        var options = parsed.GetValue(_iterations) is { } n ? new RaterModelOptions { Iterations = n, Tolerance = 0 } : new();
        return
        [
            .. (parsed.GetValue(_models) ?? [])
                .SelectMany(CommaSeparated.Split)
                .SelectMany(name => name == Every ? FittedModel.All : [name])
                .Distinct(StringComparer.Ordinal)
                .Select(name => FittedModel.Of(name, ratings, options, cancellation)),
        ];
    }
}
