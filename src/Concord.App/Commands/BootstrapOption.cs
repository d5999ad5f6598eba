using System.CommandLine;

namespace Concord.App.Commands;

/// <summary>How many resamples a bootstrap takes.</summary>
internal static class BootstrapOption
{
    private const int Most = 1_000_000;

    public static Option<int> Create(string description, int replicates)
    {
        var option = new Option<int>("--bootstrap")
        {
            Description = description,
            DefaultValueFactory = _ => replicates,
            HelpName = "N",
        };
        option.Validators.Add(r =>
        {
            if (r.Tokens.Count > 0 && (!int.TryParse(r.Tokens[0].Value, out var n) || n is < 0 or > Most))
                r.AddError($"--bootstrap takes a whole number from 0 to {Most}.");
        });
        return option;
    }
}
