namespace Concord.Core.Statistics.RaterModels;

/// <summary>Votes, plain and weighted by each rater's agreement with the outcome. A tie goes to the lowest class.</summary>
/// <remarks>The posterior is the share of the votes. Wawa and zero-based skill after the documentation of crowd-kit (Ustalov, Pavlichenko and Tseitlin,
/// 2024, "Learning from Crowds with Crowd-Kit", JOSS 9(96)), to whose figures they are tested.</remarks>
internal static class Votes
{
    private const int Steps = 100;
    private const int StepsToHalve = 20;

    /// <summary>Every vote counts the same.</summary>
    public static RaterModelFit Majority(Ratings ratings)
    {
        var weights = new double[ratings.Raters.Count];
        Array.Fill(weights, 1);
        var posterior = Count(ratings, weights);
        var agreement = Agreement(ratings, posterior);
        return Fit(RaterModel.Majority, ratings, posterior, agreement, weights);
    }

    /// <summary>Votes weighted by the rater's agreement with the plain majority.</summary>
    public static RaterModelFit Wawa(Ratings ratings)
    {
        var even = new double[ratings.Raters.Count];
        Array.Fill(even, 1);
        var skill = Agreement(ratings, Count(ratings, even));
        return Fit(RaterModel.Wawa, ratings, Count(ratings, skill), skill, skill);
    }

    /// <summary>Votes weighted by a skill that starts just above chance and is stepped a hundred times towards the agreement with the
    /// outcome; the step is halved every twenty.</summary>
    public static RaterModelFit ZeroBasedSkill(Ratings ratings)
    {
        var skill = new double[ratings.Raters.Count];
        Array.Fill(skill, 1.0 / ratings.Categories.Count + 1e-5);
        var rate = 1.0;
        double[]? before = null;
        for (var step = 1; step <= Steps; step++)
        {
            if (step % StepsToHalve == 0)
                rate /= 2;
            var agreement = Agreement(ratings, Count(ratings, skill));
            for (var rater = 0; rater < skill.Length; rater++)
                skill[rater] += rate * (agreement[rater] - skill[rater]);
            // At the full rate the next step is a function of the skills alone, so a fixed point stays one.
            if (before is not null && before.AsSpan().SequenceEqual(skill))
                break;
            before = [.. skill];
        }
        return Fit(RaterModel.Zbs, ratings, Count(ratings, skill), skill, skill);
    }

    private static RaterModelFit Fit(RaterModel model, Ratings ratings, double[] posterior, double[] skill, double[] weights)
    {
        var classes = ratings.Categories.Count;
        var prior = new double[classes];
        for (var i = 0; i < posterior.Length; i++)
            prior[i % classes] += posterior[i];
        ConfusionModel.Normalise(prior);
        return new(model, ratings, posterior, [])
        {
            Prior = prior,
            Reliability = skill,
            Skill = skill,
            Weight = weights,
            Converged = true,
        };
    }

    private static double[] Count(Ratings ratings, double[] weights)
    {
        var classes = ratings.Categories.Count;
        var shares = new double[ratings.Items.Count * classes];
        for (var item = 0; item < ratings.Items.Count; item++)
        {
            var (start, end) = (ratings.StartOfItem[item], ratings.StartOfItem[item + 1]);
            var row = shares.AsSpan(item * classes, classes);
            double total = 0;
            for (var i = start; i < end; i++)
            {
                row[ratings.CategoryOf[i]] += weights[ratings.RaterOf[i]];
                total += weights[ratings.RaterOf[i]];
            }
            // Where no voter is worth anything, all are worth the same.
            for (var i = start; i < end && !(total > 0); i++)
                row[ratings.CategoryOf[i]]++;
            ConfusionModel.Normalise(row);
        }
        return shares;
    }

    private static double[] Agreement(Ratings ratings, double[] posterior)
    {
        var classes = ratings.Categories.Count;
        var (agreed, all) = (new double[ratings.Raters.Count], new int[ratings.Raters.Count]);
        for (var item = 0; item < ratings.Items.Count; item++)
        {
            var label = Posterior.Mode(posterior.AsSpan(item * classes, classes), out _);
            for (var i = ratings.StartOfItem[item]; i < ratings.StartOfItem[item + 1]; i++)
            {
                all[ratings.RaterOf[i]]++;
                agreed[ratings.RaterOf[i]] += ratings.CategoryOf[i] == label ? 1 : 0;
            }
        }
        for (var rater = 0; rater < all.Length; rater++)
            agreed[rater] /= all[rater];
        return agreed;
    }
}
