using System.CommandLine;

namespace Concord.App.Commands;

/// <summary>Options that take a whole number from 1 on.</summary>
internal static class WholeNumber
{
    /// <summary>Refuses anything else, by its words.</summary>
    /// <param name="option">The option.</param>
    /// <param name="most">The largest number.</param>
    public static void UpTo(Option option, int most) =>
        option.Validators.Add(r =>
        {
            if (r.Tokens.Count > 0 && (!int.TryParse(r.Tokens[0].Value, out var n) || n < 1 || n > most))
                r.AddError($"{option.Name} takes a whole number from 1 to {most}; '{r.Tokens[0].Value}' is none.");
        });
}
