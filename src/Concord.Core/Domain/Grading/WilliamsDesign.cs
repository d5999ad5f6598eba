using System.Numerics;

namespace Concord.Core.Domain.Grading;

/// <summary>
/// Orders of n things in which each thing stands at each place equally often, and each comes directly after each other one
/// equally often. The orders come as pairs: one, and its mirror image.
/// </summary>
/// <remarks>
/// Source: Williams (1949), "Experimental Designs Balanced for the Estimation of Residual Effects of Treatments", Australian
/// Journal of Scientific Research A 2(2), sections 3 and 4. The first row is 0, 1, n−1, 2, n−2 …, and every other row adds a constant
/// modulo n. Of an even n the n rows are n/2 mirrored pairs; of an odd n the n rows and their mirror images are the design.
/// The first t of a row lie next to each other on the circle 0 … n−1, around the row's first: where the rows are taken in the
/// order of van der Corput (1935), 0, 1/2, 1/4, 3/4 …, readers of the first orders cover the things evenly at every time.
/// </remarks>
internal static class WilliamsDesign
{
    /// <summary>How many mirrored pairs make the whole design.</summary>
    /// <param name="count">How many things, 1 or more.</param>
    public static int Pairs(int count) => count % 2 == 0 ? count / 2 : count;

    /// <summary>The first order of a pair; the second is its mirror image.</summary>
    /// <param name="count">How many things, 1 or more.</param>
    /// <param name="pair">Which pair, from 0 to below <see cref="Pairs"/>.</param>
    /// <returns>The numbers from 0 to below <paramref name="count"/>.</returns>
    public static int[] Order(int count, int pair)
    {
        // A pair's axis runs through the circle: of an odd count, the axis of the row r is at 2r.
        var axis = Spread(Pairs(count), pair);
        var row = count % 2 == 0 ? axis : (int)((long)axis * ((count + 1) / 2) % count);
        var order = new int[count];
        for (var i = 0; i < count; i++)
            order[i] = (row + (i % 2 == 1 ? (i + 1) / 2 : count - i / 2)) % count;
        return order;
    }

    /// <summary>The numbers below a bound in the order of their reversed bits, so that the first few are far from each other.</summary>
    private static int Spread(int bound, int place)
    {
        var bits = BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)bound));
        for (var i = 0; ; i++)
        {
            var reversed = 0;
            for (var bit = 0; bit < bits; bit++)
                reversed |= ((i >> bit) & 1) << (bits - 1 - bit);
            if (reversed < bound && place-- == 0)
                return reversed;
        }
    }
}
