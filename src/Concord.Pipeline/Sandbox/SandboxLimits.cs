namespace Concord.Pipeline.Sandbox;

/// <summary>What a command may use.</summary>
/// <param name="Time">How long it may take, all of it.</param>
/// <param name="MemoryBytes">Memory of all its processes together; of each one where the system cannot count them together.</param>
/// <param name="Processes">Processes and threads at a time.</param>
/// <param name="FolderBytes">What its folder may hold.</param>
/// <param name="OutputBytes">What it may print, both streams together.</param>
public sealed record SandboxLimits(TimeSpan Time, long MemoryBytes, int Processes, long FolderBytes, int OutputBytes)
{
    /// <summary>Enough for a test runner: 1 GiB, 128 processes and threads, a folder of 64 MiB, 1 MiB of output.</summary>
    public static SandboxLimits Within(TimeSpan time) => new(time, 1L << 30, 128, 64L << 20, 1 << 20);
}
