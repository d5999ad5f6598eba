using System.CommandLine;
using Concord.Core.Domain;

namespace Concord.App.Commands;

/// <summary><c>--shard i/n</c>, the same for every command whose work machines share.</summary>
internal static class ShardOption
{
    public static Option<string?> Create()
    {
        var option = new Option<string?>("--shard")
        {
            Description = "Only the i-th of n equal shares: machines work side by side and write different files.",
            HelpName = "i/n",
        };
        option.Validators.Add(r =>
        {
            if (r.Tokens.Count > 0 && !Shard.TryParse(r.Tokens[0].Value, out _))
                r.AddError($"'{r.Tokens[0].Value}' is no shard. {Shard.Rule}");
        });
        return option;
    }

    /// <summary>The share that was asked for; without one everything.</summary>
    public static Shard Of(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is { } text && Shard.TryParse(text, out var shard) ? shard : Shard.All;
}
