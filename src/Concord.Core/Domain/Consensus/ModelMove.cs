namespace Concord.Core.Domain.Consensus;

/// <summary>A model whose overall or place differs between two moments.</summary>
/// <param name="Model">The model, without a sample's number.</param>
/// <param name="Before">Its row of models.csv before; null where it was not there.</param>
/// <param name="After">Its row after; null where it is gone.</param>
public sealed record ModelMove(string Model, ModelRow? Before, ModelRow? After)
{
    /// <summary>After − before, in score units; null where either is undefined.</summary>
    public double? By => After?.Overall - Before?.Overall;
}
