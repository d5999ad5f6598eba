using Concord.Core.Domain;

namespace Concord.Pipeline.Grading;

/// <summary>All that opening a session found.</summary>
internal sealed record OpenedSession(
    Workspace Workspace,
    IReadOnlyDictionary<OutputKey, OutputId> Outputs,
    IReadOnlyList<OutputKey> Order,
    IReadOnlyDictionary<OutputKey, IReadOnlyList<string>> Reasons,
    IReadOnlyDictionary<OutputKey, int> PeerGraders,
    PeerWatch Peers,
    DateTime StartedAt,
    string FileName,
    GradeJournal Journal,
    OwnGrades Own,
    string? Why,
    SessionFiles? Files
);
