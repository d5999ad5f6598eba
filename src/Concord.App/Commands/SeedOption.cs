using System.CommandLine;

namespace Concord.App.Commands;

/// <summary>Where pseudo-random numbers start from.</summary>
internal static class SeedOption
{
    /// <typeparam name="TSeed">A ulong, or one that may be missing.</typeparam>
    public static Option<TSeed> Create<TSeed>(string description)
    {
        var option = new Option<TSeed>("--seed") { Description = description, HelpName = "S" };
        option.Validators.Add(r =>
        {
            if (r.Tokens.Count > 0 && !ulong.TryParse(r.Tokens[0].Value, out _))
                r.AddError($"--seed takes a whole number, 0 or more; '{r.Tokens[0].Value}' is none.");
        });
        return option;
    }
}
