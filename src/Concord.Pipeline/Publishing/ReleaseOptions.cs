namespace Concord.Pipeline.Publishing;

/// <summary>How <see cref="ReleaseRun"/> works.</summary>
/// <param name="Remote">The remote's name.</param>
/// <param name="At">The commit, by any name.</param>
/// <param name="Tag">The tag; null names one for the commit's day and id.</param>
/// <param name="Files">Further files of the release, such as executables or exports.</param>
/// <param name="Folder">Where the release's files are written too; null for nowhere.</param>
/// <param name="Push">Whether to make anything at the remote; else it is only told.</param>
/// <param name="Version">Concord's version, for the user agent.</param>
/// <param name="Variable">Reads the environment.</param>
/// <param name="Say">Takes what a person would want to know.</param>
public sealed record ReleaseOptions(
    string Remote,
    string At,
    string? Tag,
    IReadOnlyList<string> Files,
    string? Folder,
    bool Push,
    string Version,
    Func<string, string?> Variable,
    Action<string> Say
);

/// <summary>What became of a release.</summary>
/// <param name="Tag">Its tag.</param>
/// <param name="Commit">The commit.</param>
/// <param name="Page">Its page; null where nothing was to be made.</param>
/// <param name="Files">Its files, with what they are; <paramref name="New"/> of them were not there before.</param>
/// <param name="New">How many files were uploaded.</param>
/// <param name="IsNew">Whether the release was made by this run.</param>
public sealed record ReleaseOutcome(string Tag, string Commit, string? Page, IReadOnlyList<string> Files, int New, bool IsNew);
