namespace Concord.Core.Statistics.RaterModels;

/// <summary>Each rater has an ability α and each item an ease β: a rating is right with chance 1 / (1 + exp(−αβ)), and errs evenly among the other classes.</summary>
/// <remarks>
/// Maximum a posteriori with normal priors of mean 1 and variance 1 on α and ln β, and classes equally likely; generalised EM whose maximisation
/// steps the ease of each item and then the ability of each rater, each by Newton's method and never downhill.
/// Source: Whitehill, Ruvolo, Wu, Bergsma and Movellan (2009), "Whose Vote Should Count More", NIPS 22.
/// </remarks>
internal sealed class Glad
{
    private const int Block = 4096;
    private const double LogTwoPi = 1.8378770664093453;

    // Beyond this ease no chance differs from 0 or 1 in a double; the prior keeps estimates far inside.
    private const double MostEase = 30;

    private readonly Ratings ratings;
    private readonly int classes;
    private readonly double logOthers;
    private readonly double[] ability;
    private readonly double[] ease;
    private readonly double[] posterior;
    private readonly int[] rowsByRater;
    private readonly int[] startOfRater;

    private Glad(Ratings ratings)
    {
        this.ratings = ratings;
        classes = ratings.Categories.Count;
        logOthers = classes > 2 ? PortableMath.Log(classes - 1) : 0;
        ability = PriorMeans(ratings.Raters.Count);
        ease = PriorMeans(ratings.Items.Count);
        posterior = new double[ratings.Items.Count * classes];
        startOfRater = new int[ability.Length + 1];
        foreach (var rater in ratings.RaterOf)
            startOfRater[rater + 1]++;
        for (var rater = 0; rater < ability.Length; rater++)
            startOfRater[rater + 1] += startOfRater[rater];
        rowsByRater = new int[ratings.Count];
        var next = (int[])startOfRater.Clone();
        for (var row = 0; row < rowsByRater.Length; row++)
            rowsByRater[next[ratings.RaterOf[row]]++] = row;
    }

    public static RaterModelFit Fit(Ratings ratings, RaterModelOptions options, CancellationToken cancel)
    {
        var model = new Glad(ratings);
        var trace = new List<double>();
        var converged = false;
        while (trace.Count < options.Iterations && !converged)
        {
            cancel.ThrowIfCancellationRequested();
            var (objective, change) = model.Infer();
            trace.Add(objective);
            converged = trace.Count > 1 && change < options.Tolerance;
            model.StepEase();
            model.StepAbility();
        }

        var prior = new double[model.classes];
        for (var i = 0; i < model.posterior.Length; i++)
            prior[i % prior.Length] += model.posterior[i];
        ConfusionModel.Normalise(prior);
        return new(RaterModel.Glad, ratings, model.posterior, [])
        {
            Prior = prior,
            Reliability = model.Reliability(),
            Skill = model.ability,
            Weight = model.ability,
            Ease = model.ease,
            Iterations = trace.Count,
            Converged = converged,
            ObjectiveTrace = trace,
        };
    }

    // Given the parameters the log chance of a class is, but for what all classes share, the sum of αβ + ln(classes − 1) over its votes.
    private (double Objective, double Change) Infer()
    {
        var blocks = (ratings.Items.Count + Block - 1) / Block;
        var results = new (double Objective, double Change)[blocks];
        Parallel.For(
            0,
            blocks,
            block =>
            {
                var shares = new double[classes];
                var (sum, change) = (0.0, 0.0);
                for (var item = block * Block; item < Math.Min((block + 1) * Block, ratings.Items.Count); item++)
                {
                    sum += InferItem(item, shares);
                    var old = posterior.AsSpan(item * classes, classes);
                    for (var c = 0; c < classes; c++)
                    {
                        change = Math.Max(change, Math.Abs(old[c] - shares[c]));
                        old[c] = shares[c];
                    }
                }
                results[block] = (sum, change);
            }
        );
        var (objective, largest) = (0.0, 0.0);
        foreach (var (sum, change) in results)
            (objective, largest) = (objective + sum, Math.Max(largest, change));
        foreach (var a in ability)
            objective += LogPrior(a);
        foreach (var b in ease)
            objective += LogPrior(b);
        return (objective, largest);
    }

    private double InferItem(int item, double[] shares)
    {
        Array.Clear(shares);
        var beta = Beta(item);
        double logLikelihood = classes > 1 ? -PortableMath.Log(classes) : 0;
        for (var row = ratings.StartOfItem[item]; row < ratings.StartOfItem[item + 1]; row++)
        {
            var x = ability[ratings.RaterOf[row]] * beta;
            shares[ratings.CategoryOf[row]] += x + logOthers;
            logLikelihood -= SoftPlus(x) + logOthers;
        }
        var highest = shares.Max();
        double total = 0;
        for (var c = 0; c < classes; c++)
            total += shares[c] = PortableMath.Exp(shares[c] - highest);
        for (var c = 0; c < classes; c++)
            shares[c] /= total;
        return logLikelihood + highest + PortableMath.Log(total);
    }

    private void StepEase() =>
        Parallel.For(
            0,
            (ease.Length + Block - 1) / Block,
            block =>
            {
                for (var item = block * Block; item < Math.Min((block + 1) * Block, ease.Length); item++)
                {
                    var rows = (ratings.StartOfItem[item], ratings.StartOfItem[item + 1]);
                    ease[item] = Newton(ease[item], b => EaseTerms(item, rows, b));
                }
            }
        );

    private void StepAbility() =>
        Parallel.For(0, ability.Length, rater => ability[rater] = Newton(ability[rater], a => AbilityTerms(rater, a)));

    // The expected log posterior of one parameter, with its first and second derivative.
    private (double Value, double Slope, double Curvature) EaseTerms(int item, (int Start, int End) rows, double b)
    {
        var (value, slope, curvature) = (LogPrior(b), 1 - b, -1.0);
        var beta = PortableMath.Exp(Math.Min(b, MostEase));
        for (var row = rows.Start; row < rows.End; row++)
        {
            var x = ability[ratings.RaterOf[row]] * beta;
            var right = posterior[item * classes + ratings.CategoryOf[row]];
            var sigma = Sigma(x);
            value += right * x - SoftPlus(x);
            slope += (right - sigma) * x;
            curvature += (right - sigma) * x - sigma * (1 - sigma) * x * x;
        }
        return (value, slope, curvature);
    }

    private (double Value, double Slope, double Curvature) AbilityTerms(int rater, double a)
    {
        var (value, slope, curvature) = (LogPrior(a), 1 - a, -1.0);
        for (var i = startOfRater[rater]; i < startOfRater[rater + 1]; i++)
        {
            var row = rowsByRater[i];
            var item = ratings.ItemOf[row];
            var beta = Beta(item);
            var right = posterior[item * classes + ratings.CategoryOf[row]];
            var sigma = Sigma(a * beta);
            value += right * a * beta - SoftPlus(a * beta);
            slope += (right - sigma) * beta;
            curvature -= sigma * (1 - sigma) * beta * beta;
        }
        return (value, slope, curvature);
    }

    private static double Newton(double at, Func<double, (double Value, double Slope, double Curvature)> terms)
    {
        const int halvings = 20;
        const double longest = 2;
        var (value, slope, curvature) = terms(at);
        // Where the function is not concave, uphill at the steepness of the prior.
        var step = Math.Clamp(slope / Math.Max(1, -curvature), -longest, longest);
        for (var i = 0; i < halvings; i++, step /= 2)
        {
            if (terms(at + step).Value >= value)
                return at + step;
        }
        return at;
    }

    private double[] Reliability()
    {
        var reliability = new double[ability.Length];
        Parallel.For(
            0,
            reliability.Length,
            rater =>
            {
                double sum = 0;
                for (var i = startOfRater[rater]; i < startOfRater[rater + 1]; i++)
                    sum += Sigma(ability[rater] * Beta(ratings.ItemOf[rowsByRater[i]]));
                reliability[rater] = sum / (startOfRater[rater + 1] - startOfRater[rater]);
            }
        );
        return reliability;
    }

    private double Beta(int item) => PortableMath.Exp(Math.Min(ease[item], MostEase));

    private static double Sigma(double x) => x >= 0 ? 1 / (1 + PortableMath.Exp(-x)) : 1 - 1 / (1 + PortableMath.Exp(x));

    // ln(1 + e^x)
    private static double SoftPlus(double x) => Math.Max(x, 0) + PortableMath.Log(1 + PortableMath.Exp(-Math.Abs(x)));

    private static double LogPrior(double parameter) => -((parameter - 1) * (parameter - 1) + LogTwoPi) / 2;

    private static double[] PriorMeans(int count)
    {
        var start = new double[count];
        Array.Fill(start, 1);
        return start;
    }
}
