using Concord.Core.Domain;

namespace Concord.Pipeline.Validating;

/// <summary>What was found in a dataset.</summary>
/// <param name="Format">The format that it was held to.</param>
/// <param name="Told">Whether that was told from the columns.</param>
/// <param name="Files">How many files it has.</param>
/// <param name="Rows">How many rows could be read.</param>
/// <param name="Errors">How many errors there are, those included that are not kept.</param>
/// <param name="Warnings">How many warnings.</param>
/// <param name="Notices">How many notices.</param>
/// <param name="Problems">The first of each rule.</param>
/// <param name="More">How many more there are of a rule.</param>
/// <param name="OverMaxTokens">Rows that are estimated to have more tokens than trainers take by default.</param>
/// <param name="Labels">How many rows are good, and how many bad, where rows say so.</param>
public sealed record ValidationReport(
    string Format,
    bool Told,
    int Files,
    long Rows,
    long Errors,
    long Warnings,
    long Notices,
    IReadOnlyList<Problem> Problems,
    IReadOnlyList<KeyValuePair<string, long>> More,
    long OverMaxTokens,
    IReadOnlyList<KeyValuePair<string, long>> Labels
);
