using MathNet.Numerics;

namespace Concord.Core.Statistics.RaterModels;

/// <summary>Multi-annotator competence estimation: a rater either knows the class, or spams by a distribution of the rater's own.</summary>
/// <remarks>
/// Variational Bayes with a Beta(½, ½) prior on the chance to spam, a symmetric Dirichlet(10) prior on how one spams, and classes equally
/// likely. It starts once, from the shares of the votes, where others draw random starts. The objective is the lower bound of the evidence.
/// Source: Hovy, Berg-Kirkpatrick, Vaswani and Hovy (2013), "Learning Whom to Trust with MACE", NAACL-HLT 2013.
/// </remarks>
internal static class Mace
{
    private const double SpamPrior = 0.5;
    private const double StrategyPrior = 10;

    public static RaterModelFit Fit(Ratings ratings, RaterModelOptions options, CancellationToken cancel)
    {
        var classes = ratings.Categories.Count;
        var raters = ratings.Raters.Count;
        var spamming = new (double Spams, double Knows)[raters];
        var strategy = new double[raters * classes];
        var competence = new double[raters];
        var means = new double[raters * classes];
        Array.Fill(spamming, (0.5, 0.5));
        Array.Fill(strategy, 1.0 / classes);

        double Variational(int rater, ReadOnlySpan<double> counts, int stride, Span<double> chances)
        {
            var own = strategy.AsSpan(rater * classes, classes);
            Span<double> spams = classes <= 128 ? stackalloc double[classes] : new double[classes];
            var (spam, know) = (0.0, 0.0);
            for (var given = 0; given < classes; given++)
            {
                // A wrong grade is spam; a right one is shared by how likely each way to it was.
                double wrong = 0;
                for (var t = 0; t < classes; t++)
                    wrong += given == t ? 0 : counts[given * stride + t];
                var right = counts[given * stride + given];
                var bySpam = spamming[rater].Spams * own[given];
                var share = bySpam / (bySpam + spamming[rater].Knows);
                spams[given] = wrong + right * share;
                spam += spams[given];
                know += right * (1 - share);
            }

            var all = SpecialFunctions.DiGamma(spam + know + 2 * SpamPrior);
            var (logSpams, logKnows) = (
                SpecialFunctions.DiGamma(spam + SpamPrior) - all,
                SpecialFunctions.DiGamma(know + SpamPrior) - all
            );
            spamming[rater] = (PortableMath.Exp(logSpams), PortableMath.Exp(logKnows));
            competence[rater] = (know + SpamPrior) / (spam + know + 2 * SpamPrior);

            // Minus the divergence of the posteriors of the parameters from their priors.
            var penalty =
                LogBeta(spam + SpamPrior, know + SpamPrior) - LogBeta(SpamPrior, SpamPrior) - spam * logSpams - know * logKnows;
            var allStrategies = SpecialFunctions.DiGamma(spam + classes * StrategyPrior);
            penalty +=
                SpecialFunctions.GammaLn(classes * StrategyPrior) - SpecialFunctions.GammaLn(spam + classes * StrategyPrior);
            for (var given = 0; given < classes; given++)
            {
                var log = SpecialFunctions.DiGamma(spams[given] + StrategyPrior) - allStrategies;
                penalty +=
                    SpecialFunctions.GammaLn(spams[given] + StrategyPrior)
                    - SpecialFunctions.GammaLn(StrategyPrior)
                    - spams[given] * log;
                own[given] = PortableMath.Exp(Math.Min(0, log));
                means[rater * classes + given] = (spams[given] + StrategyPrior) / (spam + classes * StrategyPrior);
            }
            for (var t = 0; t < classes; t++)
            for (var given = 0; given < classes; given++)
                chances[t * classes + given] = spamming[rater].Spams * own[given] + (given == t ? spamming[rater].Knows : 0);
            return penalty;
        }

        var start = ConfusionModel.StartFrom(options.From, ratings);
        var outcome = ConfusionModel.Iterate(ratings, options, Variational, start, cancel, uniformPrior: true);
        var confusion = new double[raters * classes * classes];
        for (var rater = 0; rater < raters; rater++)
        for (var t = 0; t < classes; t++)
        for (var given = 0; given < classes; given++)
            confusion[(rater * classes + t) * classes + given] =
                (1 - competence[rater]) * means[rater * classes + given] + (given == t ? competence[rater] : 0);
        return ConfusionModel.Fit(RaterModel.Mace, ratings, outcome, confusion, competence, spamming);
    }

    private static double LogBeta(double a, double b) =>
        SpecialFunctions.GammaLn(a) + SpecialFunctions.GammaLn(b) - SpecialFunctions.GammaLn(a + b);
}
