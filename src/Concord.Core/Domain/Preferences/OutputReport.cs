namespace Concord.Core.Domain.Preferences;

/// <summary>What one rule left out.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Before">How many outputs it saw.</param>
/// <param name="Removed">How many of these it left out.</param>
public readonly record struct OutputRuleCount(OutputRule Rule, int Before, int Removed);

/// <summary>How a selection of outputs came about.</summary>
/// <param name="Challenges">Challenges among the candidates.</param>
/// <param name="Candidates">Outputs given.</param>
/// <param name="Counts">What each rule left out, one entry a rule that was applied, in the order applied.</param>
/// <param name="Outputs">Outputs selected.</param>
/// <param name="Models">Models of these; the samples of a model count once.</param>
public sealed record OutputReport(int Challenges, int Candidates, IReadOnlyList<OutputRuleCount> Counts, int Outputs, int Models)
{
    /// <summary>Where nothing is left, the rule that left nothing; null where outputs are left, and where none were given.</summary>
    public OutputRule? EmptiedBy =>
        Outputs == 0 && Counts.FirstOrDefault(c => c.Before > 0 && c.Removed == c.Before) is { Before: > 0 } culprit
            ? culprit.Rule
            : null;

    /// <summary>Where a limit left nothing, the best that it saw: votes, or a score cut to hundredths; null where nothing else would do.</summary>
    public double? Nearest { get; init; }

    /// <summary>How many of the selected outputs a lead decided some score of; 0 or more.</summary>
    public int Adjudicated { get; init; }
}
