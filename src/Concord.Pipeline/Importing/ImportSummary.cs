using Concord.Core.Domain;

namespace Concord.Pipeline.Importing;

/// <summary>One output that was taken.</summary>
/// <param name="Key">The challenge and the model.</param>
/// <param name="Id">The fingerprint of its files; null where it has none.</param>
/// <param name="Failure">Why there are no files; null where there are.</param>
/// <param name="Starters">Starter files of the challenge that were added because the reply did not write them.</param>
public sealed record ImportedOutput(OutputKey Key, OutputId? Id, string? Failure, IReadOnlyList<string> Starters);

/// <summary>The grades that were taken for one grade file.</summary>
/// <param name="Grader">Whose they are.</param>
/// <param name="Path">The grade file, relative to the workspace.</param>
/// <param name="Taken">How many rows were taken.</param>
/// <param name="Kept">How many rows the file had already that the import does not have.</param>
public sealed record ImportedGrades(GraderId Grader, string Path, int Taken, int Kept);

/// <summary>Something that was not taken.</summary>
/// <param name="Path">The file in the imported folder.</param>
/// <param name="Line">1-based line; null where the whole file is meant.</param>
/// <param name="What">What it is.</param>
/// <param name="Why">Why it was left: one sentence.</param>
public sealed record LeftOut(string Path, int? Line, string What, string Why);

/// <summary>What an import did to the workspace's files; paths are relative to it, and sorted.</summary>
/// <param name="Added">Files that were not there.</param>
/// <param name="Changed">Files whose bytes were replaced.</param>
/// <param name="Removed">Files of outputs that are no longer in the reply.</param>
/// <param name="Unchanged">How many files had the right bytes already.</param>
public sealed record ImportedFiles(
    IReadOnlyList<string> Added,
    IReadOnlyList<string> Changed,
    IReadOnlyList<string> Removed,
    int Unchanged
)
{
    public bool NothingChanged => Added.Count + Changed.Count + Removed.Count == 0;
}

/// <summary>What an import took, what it left and why.</summary>
/// <param name="ResultRows">The rows of results.csv.</param>
/// <param name="Challenges">The challenges, sorted.</param>
/// <param name="Outputs">The outputs, sorted by challenge and model.</param>
/// <param name="Grades">The grades, by grade file.</param>
/// <param name="ChecksPassed">Outputs whose tests passed.</param>
/// <param name="ChecksFailed">Outputs whose tests failed.</param>
/// <param name="LeftOut">What was not taken, sorted by place.</param>
/// <param name="UnlistedModels">Models that benchmark.yaml does not list; somebody should add them.</param>
/// <param name="Files">What happened to the workspace's files.</param>
public sealed record ImportSummary(
    int ResultRows,
    IReadOnlyList<ChallengeId> Challenges,
    IReadOnlyList<ImportedOutput> Outputs,
    IReadOnlyList<ImportedGrades> Grades,
    int ChecksPassed,
    int ChecksFailed,
    IReadOnlyList<LeftOut> LeftOut,
    IReadOnlyList<string> UnlistedModels,
    ImportedFiles Files
);
