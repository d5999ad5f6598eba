namespace Concord.Core.Domain.Preferences;

/// <summary>Challenges whose prompts say nearly the same: a model that trained on one knows the other.</summary>
public static class ChallengeFamilies
{
    /// <summary>
    /// Puts challenges together of which a prompt is a near duplicate (<see cref="NearDuplicate"/>) of one of the other's, and those that hang together by
    /// others. O(n²) in the different prompts.
    /// </summary>
    /// <param name="prompts">Each challenge's prompts: its own, and others under which its outputs were made.</param>
    /// <returns>The family of each challenge: the first of its challenges by id.</returns>
    public static IReadOnlyDictionary<ChallengeId, ChallengeId> Of(
        IReadOnlyDictionary<ChallengeId, IReadOnlyCollection<string>> prompts
    )
    {
        ArgumentNullException.ThrowIfNull(prompts);
        ChallengeId[] ids = [.. prompts.Keys.Order()];
        (int Challenge, TokenTrace Trace)[] all =
        [
            .. ids.SelectMany((id, i) => prompts[id].Distinct(StringComparer.Ordinal).Select(p => (i, TokenTrace.Of(p)))),
        ];
        var first = Enumerable.Range(0, ids.Length).ToArray();
        for (var i = 1; i < all.Length; i++)
        for (var j = 0; j < i; j++)
        {
            var (a, b) = (Root(all[i].Challenge), Root(all[j].Challenge));
            if (a != b && NearDuplicate.Between(all[i].Trace, all[j].Trace))
                first[Math.Max(a, b)] = Math.Min(a, b);
        }
        return ids.Select((c, i) => (c, Family: ids[Root(i)])).ToDictionary(c => c.c, c => c.Family);

        int Root(int i)
        {
            while (first[i] != i)
                i = first[i] = first[first[i]];
            return i;
        }
    }
}
