namespace Concord.Core.Statistics.RaterModels;

/// <summary>How sure the votes are, given the skill of each rater: right with that chance, else evenly one of the other classes.</summary>
/// <remarks>Source: the documentation of crowd-kit (Ustalov, Pavlichenko and Tseitlin, 2024, JOSS 9(96)), to whose figures they are tested.</remarks>
public static class VoteCertainty
{
    /// <summary>The mean over items of the posterior probability of the fit's own label, classes taken for equally likely beforehand.</summary>
    /// <param name="ratings">The ratings.</param>
    /// <param name="skill">For each rater, 0 to 1.</param>
    /// <param name="labels">For each item the index of a class.</param>
    /// <returns>0 to 1; an item that the skills rule out counts 0; undefined with its reason without ratings or with a single class.</returns>
    public static Estimate Consistency(Ratings ratings, IReadOnlyList<double> skill, IReadOnlyList<int> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return Mean(
            ratings,
            skill,
            (item, chances) =>
            {
                var classes = ratings.Categories.Count;
                var products = new double[classes];
                Array.Fill(products, 1);
                for (var row = ratings.StartOfItem[item]; row < ratings.StartOfItem[item + 1]; row++)
                {
                    for (var c = 0; c < classes; c++)
                        products[c] *= chances(row, c);
                }
                var sum = products.Sum();
                return sum > 0 ? products[labels[item]] / sum : 0;
            }
        );
    }

    /// <summary>The mean over items of the entropy of the classes, each rating adding its chances of each class.</summary>
    /// <param name="ratings">The ratings.</param>
    /// <param name="skill">For each rater, 0 to 1.</param>
    /// <returns>In nats, 0 to ln classes; undefined with its reason without ratings or with a single class.</returns>
    public static Estimate Uncertainty(Ratings ratings, IReadOnlyList<double> skill) =>
        Mean(
            ratings,
            skill,
            (item, chances) =>
            {
                var sums = new double[ratings.Categories.Count];
                for (var row = ratings.StartOfItem[item]; row < ratings.StartOfItem[item + 1]; row++)
                {
                    for (var c = 0; c < sums.Length; c++)
                        sums[c] += chances(row, c);
                }
                ConfusionModel.Normalise(sums);
                return Posterior.Entropy(sums);
            }
        );

    private static Estimate Mean(Ratings ratings, IReadOnlyList<double> skill, Func<int, Func<int, int, double>, double> ofItem)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        ArgumentNullException.ThrowIfNull(skill);
        if (skill.Count != ratings.Raters.Count)
            throw new ArgumentException("There is one skill a rater.", nameof(skill));
        if (ratings.Count == 0)
            return Estimate.Undefined("There are no ratings.");
        var others = ratings.Categories.Count - 1;
        if (others == 0)
            return Estimate.Undefined("Every rating is the same category, so there is nothing to be unsure of.");
        double Chance(int row, int c)
        {
            var own = skill[ratings.RaterOf[row]];
            return ratings.CategoryOf[row] == c ? own : (1 - own) / others;
        }
        double sum = 0;
        for (var item = 0; item < ratings.Items.Count; item++)
            sum += ofItem(item, Chance);
        return new(sum / ratings.Items.Count);
    }
}
