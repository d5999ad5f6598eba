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
        var licenses = workspace.Benchmark.Models.ToDictionary(m => m.Id.Model, m => m.License, StringComparer.Ordinal);
        var prompts = workspace.Challenges.ToDictionary(c => c.Id, c => c.Prompt);
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
                    License = Stricter(votes[r.Key].Output.License, licenses.GetValueOrDefault(r.Key.Model.Model)),
                    Prompt = Asked(votes[r.Key].Output.Request, prompts.GetValueOrDefault(r.Key.Challenge)),
                    Adjudicated = r.Flags.Contains(Flag.Adjudicated),
                }),
        ];
    }

    // An output's own licence may narrow the model's, and opens nothing that the maintainer says is closed.
    private static string? Stricter(string? output, string? model) =>
        output is null || (model is not null && !OpenLicense.Is(model)) ? model : output;

    // Only to tell what is the same: requests are long, and there is one for each output.
    private static string? Asked(IReadOnlyList<Message> request, string? prompt)
    {
        if (request.Count == 0 && prompt is null)
            return null;
        IEnumerable<Message> messages = request.Count > 0 ? request : [new("user", prompt!)];
        return Fingerprint.Sha256(
            Encoding.UTF8.GetBytes(string.Join('\0', messages.SelectMany(m => new[] { m.Role, m.Content.TrimEnd() })))
        );
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
