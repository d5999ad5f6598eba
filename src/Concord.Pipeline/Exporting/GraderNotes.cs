using Concord.Core.Domain;
using Concord.Core.Domain.Consensus;
using Concord.Core.Domain.Preferences;
using Concord.Core.Domain.Privacy;

namespace Concord.Pipeline.Exporting;

/// <summary>What graders wrote of outputs, scanned and under pseudonyms.</summary>
internal sealed class GraderNotes
{
    private readonly Dictionary<OutputKey, OutputVotes> _votes;
    private readonly SensitiveText _scan;
    private readonly PseudonymKey _key;
    private readonly Dictionary<OutputKey, (string Grader, Redaction Note)[]> _notes = [];

    public GraderNotes(ExportSource source, PseudonymKey key)
    {
        _votes = source.Tables.Ballot.Outputs.ToDictionary(o => o.Output.Key);
        _scan = SensitiveText.Of(source.Graders);
        _key = key;
    }

    /// <summary>The notes of the people whose votes count, by pseudonym.</summary>
    public IReadOnlyList<(string Grader, Redaction Note)> Of(Candidate output)
    {
        if (!_notes.TryGetValue(output.Key, out var notes))
            _notes[output.Key] = notes = [
                .. _votes[output.Key]
                    .Counted.Where(v => v.Grade.Notes.Trim().Length > 0)
                    .Select(v => (_key.Of(v.Grader.Id), _scan.Redact(v.Grade.Notes.Trim())))
                    .OrderBy(n => n.Item1, StringComparer.Ordinal),
            ];
        return notes;
    }

    /// <summary>How often what was taken out of the notes of some outputs, each counted once.</summary>
    public IReadOnlyDictionary<string, int> TakenOut(IEnumerable<Candidate> outputs) =>
        outputs
            .DistinctBy(o => o.Key)
            .SelectMany(Of)
            .SelectMany(n => n.Note.Found)
            .GroupBy(f => f.Key)
            .OrderBy(g => g.Key)
            .ToDictionary(g => Names.Of(g.Key), g => g.Sum(f => f.Value));
}
