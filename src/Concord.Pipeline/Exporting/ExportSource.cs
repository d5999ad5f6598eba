using Concord.Core.Domain;
using Concord.Core.Domain.Consensus;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Exporting;

/// <summary>What a dataset is made of.</summary>
/// <param name="Workspace">The workspace, with the weights to use.</param>
/// <param name="Tables">Its consensus, made with the same weights.</param>
/// <param name="Tree">Its files.</param>
/// <param name="Commit">The commit that has these files, in full.</param>
/// <param name="CommittedAt">When it was made, UTC.</param>
/// <param name="Exporter">Concord's version.</param>
public sealed record ExportSource(
    Workspace Workspace,
    ConsensusTables Tables,
    FileTree Tree,
    string Commit,
    DateTimeOffset CommittedAt,
    string Exporter
)
{
    /// <summary>Stands for a commit where the files are in none.</summary>
    public static readonly string NoCommit = new('0', 40);

    /// <summary>Everybody who graded or is listed: whoever graded without being listed is named in texts no less.</summary>
    internal IEnumerable<Grader> Graders => Workspace.Graders.Values.Concat(Tables.Ballot.Votes.Graders).DistinctBy(g => g.Id);

    /// <summary>Whether some commit has these very files, so that the dataset can be made again.</summary>
    public bool IsCommitted => Commit != NoCommit;
}
