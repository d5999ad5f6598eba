using System.Globalization;
using System.Text;
using Concord.Core.Statistics;

namespace Concord.Core.Domain.Grading;

/// <summary>
/// The order in which a grader is shown outputs: what lacks graders first, and otherwise balanced so that no output owes its
/// grades to its place or to its neighbours. src/decisions/0021-assignment-order.md says why.
/// </summary>
public static class AssignmentOrder
{
    /// <summary>Draws the order. O(n log n); the same arguments give the same order on every machine, in whatever order the outputs come.</summary>
    /// <remarks>
    /// Outputs with the fewest <see cref="Assignable.PeerGraders"/> come first, all that have reached the overlap last and alike. Among equals the order
    /// is a row of a Williams design (1949) of the challenges, and inside each challenge of its outputs, with names shuffled by
    /// the benchmark's name: grader 2k+1 has the mirror image of grader 2k's. Over two such graders every output's mean place is exactly the middle,
    /// and each pair of outputs stands once in either order; over a whole design each output of a challenge also directly follows each
    /// other one equally often.
    /// </remarks>
    /// <param name="outputs">What is left for this grader, each output once.</param>
    /// <param name="overlap">How many people should grade each output, 1 or more.</param>
    /// <param name="benchmark">The benchmark's name.</param>
    /// <param name="grader">Who grades; draws the place of a grader who has none.</param>
    /// <param name="graderNumber">
    /// The grader's place among the listed people, from 0; negative for one who is not listed (<see cref="NumberOf"/>), whose place is then drawn by name:
    /// graders who do not know of each other get different orders, mirrored or not by chance.
    /// </param>
    /// <param name="session">
    /// The session. It takes no part: a later session shows what is left in the order of the first, so that what a grader sees on several days is
    /// one order, of which the neighbour's is the mirror image wherever each of them pauses.
    /// </param>
    /// <param name="keepChallengesTogether">Whether outputs of one challenge that equally many have graded follow each other.</param>
    /// <returns>The keys of <paramref name="outputs"/>, each once.</returns>
    /// <exception cref="ArgumentException">An output comes twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="overlap"/> is below 1.</exception>
    public static IReadOnlyList<OutputKey> Of(
        IReadOnlyList<Assignable> outputs,
        int overlap,
        string benchmark,
        GraderId grader,
        int graderNumber,
        string session,
        bool keepChallengesTogether = true
    )
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentOutOfRangeException.ThrowIfLessThan(overlap, 1);
        ArgumentNullException.ThrowIfNull(benchmark);
        ArgumentNullException.ThrowIfNull(session);
        var peers = outputs.GroupBy(o => o.Key).ToDictionary(o => o.Key, o => o.First().PeerGraders);
        if (peers.Count != outputs.Count)
            throw new ArgumentException("An output comes twice.", nameof(outputs));

        var number = graderNumber < 0 ? Drawn(benchmark, grader) : graderNumber;
        var pair = number / 2;
        IEnumerable<OutputKey> order = keepChallengesTogether
            ? Balanced(peers.Keys.Select(k => k.Challenge).Distinct().Order(), pair, benchmark, "")
                .SelectMany(c => Balanced(peers.Keys.Where(k => k.Challenge == c).Order(), pair, benchmark, c.Value))
            : Balanced(peers.Keys.Order(), pair, benchmark, "");
        return [.. (number % 2 == 0 ? order : order.Reverse()).OrderBy(k => Math.Min(peers[k], overlap))];
    }

    /// <summary>What comes after an output in an order that stands: the next that still lacks graders, else the next that is open at all.</summary>
    /// <remarks>An order is drawn once a session. Peers go on meanwhile: what they have filled since is passed over, and left for the end.</remarks>
    /// <param name="order">The order, as drawn.</param>
    /// <param name="after">Where the grader is; null before the first.</param>
    /// <param name="isOpen">Whether the grader has still to grade an output.</param>
    /// <param name="peerGraders">How many others have fully scored an output, as far as is known now.</param>
    /// <param name="overlap">How many people should grade each output.</param>
    /// <returns>The output, looked for to the end and then from the start; null where none is open.</returns>
    public static OutputKey? Next(
        IReadOnlyList<OutputKey> order,
        OutputKey? after,
        Func<OutputKey, bool> isOpen,
        Func<OutputKey, int> peerGraders,
        int overlap
    )
    {
        ArgumentNullException.ThrowIfNull(order);
        var start = after is { } here ? Enumerable.Range(0, order.Count).FirstOrDefault(i => order[i] == here, -1) + 1 : 0;
        OutputKey[] open = [.. order.Skip(start).Concat(order.Take(start)).Where(isOpen)];
        return open.Length == 0 ? null : open.Where(k => peerGraders(k) < overlap).DefaultIfEmpty(open[0]).First();
    }

    /// <summary>A grader's place among the people of graders.yaml.</summary>
    /// <param name="listed">The graders of graders.yaml, in its order: append new ones, so that the numbers of the others stay. Only people are numbered.</param>
    /// <param name="grader">The grader.</param>
    /// <returns>From 0; −1 for one who is not among them.</returns>
    public static int NumberOf(IEnumerable<Grader> listed, GraderId grader)
    {
        ArgumentNullException.ThrowIfNull(listed);
        return Array.IndexOf([.. listed.Where(g => g.Counts).Select(g => g.Id)], grader);
    }

    private static T[] Balanced<T>(IEnumerable<T> things, int pair, string benchmark, string scope)
    {
        T[] names = [.. things];
        if (names.Length == 0)
            return names;
        // After a whole design the next graders get one with other names, so that nobody repeats an earlier order.
        var (design, place) = Math.DivRem(pair, WilliamsDesign.Pairs(names.Length));
        Shuffle(names, new Xoshiro256(Seed(benchmark, scope, design.ToString(CultureInfo.InvariantCulture))));
        return Array.ConvertAll(WilliamsDesign.Order(names.Length, place), i => names[i]);
    }

    // Durstenfeld (1964), "Algorithm 235: Random Permutation".
    private static void Shuffle<T>(T[] things, Xoshiro256 random)
    {
        for (var i = things.Length - 1; i > 0; i--)
        {
            var j = random.NextInt(i + 1);
            (things[i], things[j]) = (things[j], things[i]);
        }
    }

    private static int Drawn(string benchmark, GraderId grader) =>
        new Xoshiro256(Seed(benchmark, "grader", grader.Value)).NextInt(1 << 16);

    private static ulong Seed(params string[] parts) =>
        ulong.Parse(
            Fingerprint.Sha256(Encoding.UTF8.GetBytes(string.Join('\n', parts))).AsSpan(0, 16),
            NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture
        );
}
