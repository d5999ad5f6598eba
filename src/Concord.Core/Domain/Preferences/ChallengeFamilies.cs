namespace Concord.Core.Domain.Preferences;

/// <summary>Challenges whose prompts say nearly the same: a model that trained on one knows the other.</summary>
public static class ChallengeFamilies
{
    /// <summary>Puts challenges together whose prompts are near duplicates (<see cref="NearDuplicate"/>), and those that hang together by others. O(n²) in the challenges.</summary>
    /// <param name="prompts">Each challenge's prompt.</param>
    /// <returns>The family of each challenge: the first of its challenges by id.</returns>
    public static IReadOnlyDictionary<ChallengeId, ChallengeId> Of(IReadOnlyDictionary<ChallengeId, string> prompts)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        (ChallengeId Id, TokenTrace Trace)[] all = [.. prompts.Select(p => (p.Key, TokenTrace.Of(p.Value))).OrderBy(p => p.Key)];
        var first = Enumerable.Range(0, all.Length).ToArray();
        for (var i = 1; i < all.Length; i++)
        for (var j = 0; j < i; j++)
            if (Root(i) != Root(j) && NearDuplicate.Between(all[i].Trace, all[j].Trace))
            {
                var (a, b) = (Root(i), Root(j));
                first[Math.Max(a, b)] = Math.Min(a, b);
            }
        return all.Select((c, i) => (c.Id, Family: all[Root(i)].Id)).ToDictionary(c => c.Id, c => c.Family);

        int Root(int i)
        {
            while (first[i] != i)
                i = first[i] = first[first[i]];
            return i;
        }
    }
}
