using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Concord.Core.Statistics.RaterModels;

/// <summary>The expectation step that all models with confusion matrices share, fused with the counts that the maximisation step needs.</summary>
/// <remarks>
/// One pass over the items: the posterior of each, and for each rater and grade the expected number of items of each class.
/// Tables are laid out rater, grade, class, the classes padded to whole vectors: a rating is one addition of vectors each way.
/// Items are cut into blocks by the ratings alone, and the blocks' sums are added in their order, so that the number of cores leaves no trace.
/// </remarks>
internal sealed class ExpectationStep
{
    /// <summary>The most numbers in the tables of all raters: half a gigabyte each.</summary>
    public const long MostCells = 1L << 26;

    private const int Lanes = 4;
    private const int MostBlocks = 64;

    private readonly Ratings ratings;
    private readonly int classes;
    private readonly double[][] blockCounts;
    private readonly int[] blockStarts;

    /// <param name="ratings">The ratings, possible by <see cref="WhyImpossible"/>.</param>
    public ExpectationStep(Ratings ratings)
    {
        this.ratings = ratings;
        classes = ratings.Categories.Count;
        Raters = ratings.Raters.Count;
        Stride = StrideOf(classes);
        Logs = new double[Raters * classes * Stride];
        Posterior = new double[(long)ratings.Items.Count * classes];
        ClassTotals = new double[classes];

        // A block's table is cleared and added up in every pass, so there are as many blocks as the ratings outweigh that.
        var blocks = Math.Clamp(ratings.Count / Math.Max(4096, Logs.Length), 1, MostBlocks);
        blockCounts = new double[blocks][];
        for (var b = 0; b < blocks; b++)
            blockCounts[b] = new double[Logs.Length];
        blockStarts = new int[blocks + 1];
        for (var b = 1; b <= blocks; b++)
            blockStarts[b] = (int)((long)ratings.Items.Count * b / blocks);
    }

    /// <summary>The number of raters.</summary>
    public int Raters { get; }

    /// <summary>The number of items.</summary>
    public int Items => ratings.Items.Count;

    /// <summary>How many numbers apart the grades of a rater are.</summary>
    public int Stride { get; }

    /// <summary>The log chance of each grade given each class: input. Padding is 0.</summary>
    public double[] Logs { get; }

    /// <summary>Items × classes.</summary>
    public double[] Posterior { get; }

    /// <summary>The expected number of items of each class.</summary>
    public double[] ClassTotals { get; }

    /// <summary>The expected number of ratings of a rater by grade and class, grades <see cref="Stride"/> apart.</summary>
    public ReadOnlySpan<double> CountsOf(int rater) => blockCounts[0].AsSpan(rater * classes * Stride, classes * Stride);

    public static string? WhyImpossible(Ratings ratings, bool matrices = true) =>
        ratings.Count == 0 ? "There are no ratings."
        : (matrices ? (long)ratings.Raters.Count : 1) * ratings.Categories.Count * StrideOf(ratings.Categories.Count) > MostCells
            ? "There are too many raters and classes for a confusion matrix of each rater."
        : (long)ratings.Items.Count * ratings.Categories.Count > 2 * MostCells
            ? "There are too many items and classes for a posterior of each item."
        : null;

    /// <summary>The pass at the given prior and <see cref="Logs"/>.</summary>
    /// <param name="logPrior">One a class.</param>
    /// <returns>The log-likelihood and the largest change of a posterior probability since the last pass.</returns>
    public (double LogLikelihood, double Change) Infer(ReadOnlySpan<double> logPrior)
    {
        var padded = new double[Stride];
        padded.AsSpan().Fill(double.MinValue);
        logPrior.CopyTo(padded);
        return Run((block, totals) => InferBlock(block, padded, totals));
    }

    /// <summary>The pass that takes the shares of the votes for posterior: where the iterations start.</summary>
    public void Vote() => Run(VoteBlock);

    private (double LogLikelihood, double Change) Run(Func<int, double[], (double LogLikelihood, double Change)> pass)
    {
        var results = new (double LogLikelihood, double Change)[blockCounts.Length];
        var totals = new double[blockCounts.Length][];
        Parallel.For(
            0,
            blockCounts.Length,
            block =>
            {
                Array.Clear(blockCounts[block]);
                totals[block] = new double[Stride];
                results[block] = pass(block, totals[block]);
            }
        );
        Array.Clear(ClassTotals);
        var (logLikelihood, change) = (0.0, 0.0);
        for (var b = 0; b < results.Length; b++)
        {
            logLikelihood += results[b].LogLikelihood;
            change = Math.Max(change, results[b].Change);
            for (var c = 0; c < classes; c++)
                ClassTotals[c] += totals[b][c];
            if (b == 0)
                continue;
            var (sum, part) = (blockCounts[0], blockCounts[b]);
            for (var i = 0; i < sum.Length; i++)
                sum[i] += part[i];
        }
        return (logLikelihood, change);
    }

    private (double LogLikelihood, double Change) InferBlock(int block, double[] logPrior, double[] totals)
    {
        var raterOf = ratings.RaterOf;
        var categoryOf = ratings.CategoryOf;
        var startOfItem = ratings.StartOfItem;
        ref var prior = ref MemoryMarshal.GetArrayDataReference(logPrior);
        ref var logs = ref MemoryMarshal.GetArrayDataReference(Logs);
        ref var counts = ref MemoryMarshal.GetArrayDataReference(blockCounts[block]);
        Span<double> buffer = Stride <= 128 ? stackalloc double[Stride] : new double[Stride];
        ref var sums = ref MemoryMarshal.GetReference(buffer);
        var (logLikelihood, product, change) = (0.0, 1.0, 0.0);
        for (var item = blockStarts[block]; item < blockStarts[block + 1]; item++)
        {
            var (start, end) = (startOfItem[item], startOfItem[item + 1]);
            var highest = Vector256.Create(double.MinValue);
            for (var lane = 0; lane < Stride; lane += Lanes)
            {
                var sum = Vector256.LoadUnsafe(ref prior, (nuint)lane);
                for (var row = start; row < end; row++)
                    sum += Vector256.LoadUnsafe(ref logs, (nuint)((raterOf[row] * classes + categoryOf[row]) * Stride + lane));
                sum.StoreUnsafe(ref sums, (nuint)lane);
                highest = Vector256.Max(highest, sum);
            }
            var max = Math.Max(Math.Max(highest[0], highest[1]), Math.Max(highest[2], highest[3]));
            var all = Vector256<double>.Zero;
            for (var lane = 0; lane < Stride; lane += Lanes)
            {
                var share = PortableMath.Exp(Vector256.LoadUnsafe(ref sums, (nuint)lane) - Vector256.Create(max));
                share.StoreUnsafe(ref sums, (nuint)lane);
                all += share;
            }
            var total = all[0] + all[1] + (all[2] + all[3]);

            // One logarithm for many items: the product of their sums, each from 1 to the number of classes.
            logLikelihood += max;
            product *= total;
            if (product > 1e200)
            {
                logLikelihood += PortableMath.Log(product);
                product = 1;
            }

            var old = Posterior.AsSpan(item * classes, classes);
            var norm = 1 / total;
            for (var c = 0; c < old.Length; c++)
            {
                var share = buffer[c] * norm;
                change = Math.Max(change, Math.Abs(share - old[c]));
                old[c] = share;
                buffer[c] = share;
                totals[c] += share;
            }
            Add(ref counts, ref sums, raterOf, categoryOf, start, end);
        }
        return (logLikelihood + PortableMath.Log(product), change);
    }

    private (double LogLikelihood, double Change) VoteBlock(int block, double[] totals)
    {
        var raterOf = ratings.RaterOf;
        var categoryOf = ratings.CategoryOf;
        var startOfItem = ratings.StartOfItem;
        ref var counts = ref MemoryMarshal.GetArrayDataReference(blockCounts[block]);
        var buffer = new double[Stride];
        ref var sums = ref MemoryMarshal.GetArrayDataReference(buffer);
        for (var item = blockStarts[block]; item < blockStarts[block + 1]; item++)
        {
            var (start, end) = (startOfItem[item], startOfItem[item + 1]);
            Array.Clear(buffer);
            foreach (var category in categoryOf[start..end])
                buffer[category]++;
            for (var c = 0; c < classes; c++)
            {
                buffer[c] /= end - start;
                totals[c] += buffer[c];
                Posterior[item * classes + c] = buffer[c];
            }
            Add(ref counts, ref sums, raterOf, categoryOf, start, end);
        }
        return (0, 0);
    }

    private void Add(
        ref double counts,
        ref double shares,
        ReadOnlySpan<int> raterOf,
        ReadOnlySpan<int> categoryOf,
        int start,
        int end
    )
    {
        for (var row = start; row < end; row++)
        {
            var cell = (nuint)((raterOf[row] * classes + categoryOf[row]) * Stride);
            for (var lane = 0; lane < Stride; lane += Lanes)
            {
                var sum = Vector256.LoadUnsafe(ref counts, cell + (nuint)lane) + Vector256.LoadUnsafe(ref shares, (nuint)lane);
                sum.StoreUnsafe(ref counts, cell + (nuint)lane);
            }
        }
    }

    private static int StrideOf(int classes) => (classes + Lanes - 1) / Lanes * Lanes;
}
