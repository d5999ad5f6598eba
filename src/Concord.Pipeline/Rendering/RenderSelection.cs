using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Concord.Core.Domain;

namespace Concord.Pipeline.Rendering;

/// <summary>Which outputs are to be rendered.</summary>
/// <param name="Challenges">Only these; empty for all.</param>
/// <param name="Models">Only these, with all their samples; empty for all.</param>
/// <param name="Force">Also those that are as they were.</param>
/// <param name="Shard">This of so many parts, from 1.</param>
/// <param name="Shards">How many parts there are.</param>
public sealed partial record RenderSelection(
    IReadOnlyList<ChallengeId> Challenges,
    IReadOnlyList<ModelId> Models,
    bool Force,
    int Shard = 1,
    int Shards = 1
)
{
    /// <summary>Reads a part such as <c>2/5</c>.</summary>
    /// <returns>Whether it is one.</returns>
    public static bool TryParseShard(string text, out (int Shard, int Shards) part)
    {
        part = (1, 1);
        if (ShardForm().Match(text) is not { Success: true } match)
            return false;
        part = (Number(match.Groups[1]), Number(match.Groups[2]));
        return part.Shard >= 1 && part.Shard <= part.Shards;
    }

    /// <summary>Whether an output is among them. Parts are by name, so that several machines agree without talking.</summary>
    public bool Takes(Output output) =>
        (Challenges.Count == 0 || Challenges.Contains(output.Key.Challenge))
        && (Models.Count == 0 || Models.Any(m => m == output.Key.Model || m.Value == output.Key.Model.Model))
        && (
            Shards == 1
            || ulong.Parse(
                Fingerprint.Sha256(Encoding.UTF8.GetBytes(output.Key.Folder))[..12],
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture
            ) % (ulong)Shards
                == (ulong)(Shard - 1)
        );

    private static int Number(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A([1-9][0-9]{0,3})/([1-9][0-9]{0,3})\z")]
    private static partial Regex ShardForm();
}
