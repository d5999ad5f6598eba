namespace Concord.Core.Statistics;

/// <summary>Members that are joined into sets, at first each in one of its own.</summary>
internal sealed class DisjointSets(int members)
{
    private readonly int[] parent = [.. Enumerable.Range(0, members)];

    /// <summary>The lowest member of the set that a member is in.</summary>
    public int First(int member)
    {
        while (parent[member] != member)
            member = parent[member] = parent[parent[member]];
        return member;
    }

    /// <summary>Makes one set of two.</summary>
    /// <returns>False where they were one already.</returns>
    public bool Join(int a, int b)
    {
        (a, b) = (First(a), First(b));
        if (a == b)
            return false;
        parent[Math.Max(a, b)] = Math.Min(a, b);
        return true;
    }
}
