namespace Concord.Core.Statistics.Pairwise;

/// <summary>Elo ratings, for streams of games: they depend on the order of the games. For a set of comparisons take <see cref="BradleyTerry"/>.</summary>
/// <remarks>Source: Elo (1978), "The Rating of Chessplayers, Past and Present"; the logistic form with 400 points for odds of ten.</remarks>
public static class Elo
{
    /// <summary>The score to expect of a player against another.</summary>
    /// <param name="rating">The player's rating, in Elo points.</param>
    /// <param name="opponent">The other's rating, in Elo points.</param>
    /// <returns>0 to 1: the probability of a win, ties counting half.</returns>
    public static double Expected(double rating, double opponent) => 1 / (1 + Math.Pow(10, (opponent - rating) / 400));

    /// <summary>The rating after games that are all judged by the rating before them.</summary>
    /// <param name="rating">The rating before, in Elo points.</param>
    /// <param name="games">The opponent's rating and the score, 1 for a win and ½ for a tie.</param>
    /// <param name="k">How far one game can move the rating, in Elo points.</param>
    /// <returns>In Elo points.</returns>
    public static double Batch(double rating, IEnumerable<(double Opponent, double Score)> games, double k = 32) =>
        rating + games.Sum(g => k * (g.Score - Expected(rating, g.Opponent)));

    /// <summary>The rating after games each of which is judged by the rating after the one before.</summary>
    /// <param name="rating">The rating before, in Elo points.</param>
    /// <param name="games">The opponent's rating and the score, in order.</param>
    /// <param name="k">How far one game can move the rating, in Elo points.</param>
    /// <returns>In Elo points.</returns>
    public static double Sequential(double rating, IEnumerable<(double Opponent, double Score)> games, double k = 32) =>
        games.Aggregate(rating, (now, g) => now + (k * (g.Score - Expected(now, g.Opponent))));
}
