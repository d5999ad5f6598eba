using System.Text;
using Concord.Core.Domain;
using Concord.Core.Domain.Consensus;
using Concord.Core.Domain.Preferences;
using Concord.Core.Domain.Replies;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Exporting;

/// <summary>Makes candidates of the outputs that have a consensus.</summary>
public static class CandidateReader
{
    /// <summary>Reads the text of every output that has an overall.</summary>
    /// <param name="workspace">The workspace, with the weights to use.</param>
    /// <param name="tables">Its consensus, made with the same weights.</param>
    /// <param name="tree">Its files.</param>
    /// <returns>Candidates, sorted. A starter file that the model did not change is no part of its reply.</returns>
    public static IReadOnlyList<Candidate> Read(Workspace workspace, ConsensusTables tables, FileTree tree)
    {
        var votes = tables.Ballot.Outputs.ToDictionary(o => o.Output.Key);
        return
        [
            .. tables
                .Results.Where(r => r.Overall is not null)
                .OrderBy(r => r.Key)
                .Select(r => new Candidate(
                    r.Key,
                    r.Output,
                    r.Overall!.Value,
                    Weighted(r.Criteria, workspace.Benchmark.Criteria),
                    Overalls(votes[r.Key], workspace.Benchmark.Criteria),
                    ReplyRendering.Of(Files(votes[r.Key].Output, tree))
                )
                {
                    Adjudicated = r.Flags.Contains(Flag.Adjudicated),
                }),
        ];
    }

    // A criterion that is not part of the overall cannot contradict it.
    private static double?[] Weighted(IReadOnlyList<double?> consensus, IReadOnlyList<Criterion> rubric) =>
        [.. consensus.Select((c, i) => rubric[i].Weight > 0 ? c : null)];

    private static Dictionary<GraderId, double> Overalls(OutputVotes output, IReadOnlyList<Criterion> rubric) =>
        output
            .Counted.Select(v => (v.Grader.Id, Mean: v.Votes.WeightedMean(v.Index, rubric)))
            .Where(v => v.Mean is not null)
            .ToDictionary(v => v.Id, v => v.Mean!.Value);

    private static IEnumerable<ReplyFile> Files(Output output, FileTree tree)
    {
        var starters = $"benchmarks/challenges/{output.Key.Challenge}/files/";
        foreach (var file in output.Files)
        {
            var bytes = tree.ReadListed($"{output.Key.Folder}/files/{file}");
            var starter = tree.Read(starters + file);
            var isText = !bytes.AsSpan().Contains((byte)0) && System.Text.Unicode.Utf8.IsValid(bytes);
            if (isText && (starter is null || !starter.AsSpan().SequenceEqual(bytes)))
                yield return new(file, Encoding.UTF8.GetString(bytes));
        }
    }
}
