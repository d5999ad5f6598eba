using Concord.Core.Statistics;

namespace Concord.Pipeline.Models;

/// <summary>How long to wait before asking again.</summary>
internal static class RetryDelay
{
    /// <summary>How often a model is asked at most.</summary>
    public const int Attempts = 6;

    private const double FirstSeconds = 0.5;
    private const double MostSeconds = 8;
    private const double Jitter = 0.25;

    /// <summary>As long as the provider asks for, else half a second and twice as long each time, up to eight; less up to a quarter of it.</summary>
    /// <param name="failure">The last failure.</param>
    /// <param name="attempt">How often was asked, from 1.</param>
    /// <param name="seed">Gives the jitter.</param>
    /// <returns>Null where asking again does not help, or was tried often enough.</returns>
    public static TimeSpan? Of(ModelFailure failure, int attempt, ulong seed)
    {
        if (!failure.CanRetry || attempt >= Attempts)
            return null;
        if (failure.RetryAfter is { } wait)
            return wait;
        var seconds = Math.Min(MostSeconds, FirstSeconds * Math.Pow(2, attempt - 1));
        return TimeSpan.FromSeconds(seconds * (1 - (Jitter * new Xoshiro256(seed + (ulong)attempt).NextDouble())));
    }
}
