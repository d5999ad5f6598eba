namespace Concord.Core.Domain.Preferences;

/// <summary>How the graders who scored both outputs of a pair see it, each by the own overall scores.</summary>
/// <param name="Wins">Graders for whom the chosen output is better, 0 or more.</param>
/// <param name="Ties">Graders for whom both are equal, within <see cref="PairRules.Tolerance"/>.</param>
/// <param name="Losses">Graders for whom the rejected output is better.</param>
public readonly record struct PairVotes(int Wins, int Ties, int Losses)
{
    /// <summary>The graders who scored both, 0 or more.</summary>
    public int Graders => Wins + Ties + Losses;

    /// <summary>
    /// The mean of the Beta distribution that a uniform prior becomes: (wins + ½ ties + 1) / (graders + 2). In 0 to 1, ½ without graders.
    /// </summary>
    /// <remarks>Source: Laplace's rule of succession; Gelman et al. (2013), "Bayesian Data Analysis", 3rd ed., section 2.4.</remarks>
    public double Confidence => (Wins + Ties / 2.0 + 1) / (Wins + Ties + Losses + 2);

    /// <summary>Counts the graders of both.</summary>
    /// <param name="pair">The pair.</param>
    /// <returns>As many votes as the pair has common graders.</returns>
    public static PairVotes Of(PreferencePair pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        return Of(pair.Chosen.GraderOveralls, pair.Rejected.GraderOveralls);
    }

    internal static PairVotes Of(IReadOnlyDictionary<GraderId, double> ofChosen, IReadOnlyDictionary<GraderId, double> ofRejected)
    {
        var (wins, ties, losses) = (0, 0, 0);
        foreach (var (grader, chosen) in ofChosen)
            if (ofRejected.TryGetValue(grader, out var rejected))
            {
                if (Math.Abs(chosen - rejected) <= PairRules.Tolerance)
                    ties++;
                else if (chosen > rejected)
                    wins++;
                else
                    losses++;
            }
        return new(wins, ties, losses);
    }
}
