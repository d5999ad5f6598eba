using Concord.Core.Domain;
using Concord.Core.Domain.Preferences;

namespace Concord.Pipeline.Exporting;

/// <summary>From graded outputs to the bytes of a preference dataset.</summary>
public static class PairExport
{
    /// <summary>Selects pairs and writes them.</summary>
    /// <param name="workspace">Where the challenges' prompts and the recorded requests stand.</param>
    /// <param name="candidates">Current outputs of this workspace with a consensus, in any order.</param>
    /// <param name="rules">How pairs are chosen.</param>
    /// <param name="format">The shape of a line.</param>
    /// <returns>The file's bytes, none where no pair is left; and the account of what was left out.</returns>
    public static (byte[] Bytes, PairReport Report) Run(
        Workspace workspace,
        IReadOnlyList<Candidate> candidates,
        PairRules rules,
        ExportFormat format
    )
    {
        var (pairs, report) = PairSelection.Select(candidates, rules);
        var asked = new PairPrompt(workspace);
        (IReadOnlyList<Message> Messages, bool Same)[] prompts = [.. pairs.Select(asked.Of)];
        var bytes = PairJsonl.Write(pairs, [.. prompts.Select(p => p.Messages)], format);
        return (bytes, report with { DifferentPrompts = prompts.Count(p => !p.Same) });
    }
}
