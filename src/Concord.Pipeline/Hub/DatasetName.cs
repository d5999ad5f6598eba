using System.Text.RegularExpressions;
using Concord.Core.Domain;

namespace Concord.Pipeline.Hub;

/// <summary>A dataset's name on the Hub, as <c>owner/name</c>.</summary>
internal readonly partial record struct DatasetName(string Owner, string Name)
{
    /// <summary>What a name must be, in words.</summary>
    public const string Rule =
        "Give OWNER/NAME: letters, digits, '-', '_' and '.', each part up to 96, with no '-' or '.' at either end, no '--' or '..', and no '.git' at the end.";

    /// <summary>Reads <c>owner/name</c>.</summary>
    /// <exception cref="ConcordException">The Hub takes no such name.</exception>
    public static DatasetName Of(string text)
    {
        var match = Form().Match(text);
        return match.Success
            ? new(match.Groups[1].Value, match.Groups[2].Value)
            : throw new ConcordException("hub-name", $"'{text}' cannot be a dataset's name on the Hub.", Rule);
    }

    public override string ToString() => $"{Owner}/{Name}";

    [GeneratedRegex(
        @"^(?!.*(?:--|\.\.))(?!.*\.git\z)([A-Za-z0-9_](?:[A-Za-z0-9._-]{0,94}[A-Za-z0-9_])?)/([A-Za-z0-9_](?:[A-Za-z0-9._-]{0,94}[A-Za-z0-9_])?)\z"
    )]
    private static partial Regex Form();
}
