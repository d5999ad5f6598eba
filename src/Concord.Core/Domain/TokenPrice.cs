namespace Concord.Core.Domain;

/// <summary>What a model's tokens cost.</summary>
/// <param name="Input">US dollars for a million tokens of the request, 0 or more.</param>
/// <param name="Output">US dollars for a million tokens of the reply, 0 or more.</param>
public sealed record TokenPrice(double Input, double Output)
{
    private const double Million = 1e6;

    /// <summary>The cost of some tokens.</summary>
    /// <param name="input">Tokens of the request.</param>
    /// <param name="output">Tokens of the reply.</param>
    /// <returns>US dollars, 0 or more.</returns>
    public double Of(long input, long output) => ((input * Input) + (output * Output)) / Million;
}
