namespace Concord.Core.Statistics.Pairwise;

/// <summary>Groups within which everybody lost to everybody else, directly or through others.</summary>
/// <remarks>Source: Tarjan (1972), "Depth-First Search and Linear Graph Algorithms", SIAM J. Comput. 1(2). Without recursion: a chain of items may be long.</remarks>
internal static class StrongComponents
{
    /// <summary>The group of each item, numbered from 0 so that nobody in a group lost to one with a higher number.</summary>
    /// <param name="items">How many items.</param>
    /// <param name="losses">Loser and winner; a tie is both ways.</param>
    /// <param name="count">How many groups.</param>
    public static int[] Of(int items, IReadOnlyCollection<(int Loser, int Winner)> losses, out int count)
    {
        var (starts, winners) = Adjacent(items, losses);
        var group = new int[items];
        var found = new int[items];
        var low = new int[items];
        var next = starts[..items];
        Array.Fill(group, -1);
        var (path, open) = (new Stack<int>(), new Stack<int>());
        var time = 0;
        count = 0;
        for (var root = 0; root < items; root++)
        {
            if (found[root] > 0)
                continue;
            Enter(root);
            while (path.TryPeek(out var at))
            {
                if (next[at] < starts[at + 1])
                {
                    var to = winners[next[at]++];
                    if (found[to] == 0)
                        Enter(to);
                    else if (group[to] < 0)
                        low[at] = Math.Min(low[at], found[to]);
                    continue;
                }
                path.Pop();
                if (path.TryPeek(out var from))
                    low[from] = Math.Min(low[from], low[at]);
                if (low[at] < found[at])
                    continue;
                int member;
                do
                {
                    member = open.Pop();
                    group[member] = count;
                } while (member != at);
                count++;
            }
        }
        return group;

        void Enter(int item)
        {
            found[item] = low[item] = ++time;
            path.Push(item);
            open.Push(item);
        }
    }

    private static (int[] Starts, int[] Winners) Adjacent(int items, IReadOnlyCollection<(int Loser, int Winner)> losses)
    {
        var starts = new int[items + 1];
        foreach (var (loser, _) in losses)
            starts[loser + 1]++;
        for (var i = 0; i < items; i++)
            starts[i + 1] += starts[i];
        var filled = starts[..items];
        var winners = new int[losses.Count];
        foreach (var (loser, winner) in losses)
            winners[filled[loser]++] = winner;
        return (starts, winners);
    }
}
