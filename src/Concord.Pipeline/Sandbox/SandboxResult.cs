namespace Concord.Pipeline.Sandbox;

/// <summary>How a command came to its end.</summary>
public enum SandboxEnd
{
    /// <summary>It ended by itself.</summary>
    Exited,

    /// <summary>It was killed at its deadline.</summary>
    TimeUp,

    /// <summary>It was killed because it used too much memory.</summary>
    MemoryUp,

    /// <summary>It was killed because it printed too much.</summary>
    OutputUp,
}

/// <summary>What a command did.</summary>
/// <param name="End">How it came to its end.</param>
/// <param name="ExitCode">Its exit code; 128 and a signal's number where it died of a signal. Means nothing where it was killed.</param>
/// <param name="Output">Standard output, within its bound.</param>
/// <param name="Error">Standard error, within its bound.</param>
/// <param name="Folder">The folder it ran in, as it may stand in what it printed.</param>
public sealed record SandboxResult(SandboxEnd End, int ExitCode, string Output, string Error, string Folder);
