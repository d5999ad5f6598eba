namespace Concord.Pipeline.Grading;

/// <summary>A file that one process at a time holds. The system lets go of it with the process, however that ends.</summary>
internal sealed class LockedFile : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(4);

    private readonly FileStream _stream;

    private LockedFile(FileStream stream) => _stream = stream;

    /// <summary>Takes the lock.</summary>
    /// <param name="path">The file; it stays where it is afterwards, because removing it could let in two.</param>
    /// <param name="patience">How long to wait.</param>
    /// <param name="time">The clock that waits.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The lock; null where another holds it all the while.</returns>
    public static async Task<LockedFile?> TryTakeAsync(
        string path,
        TimeSpan patience,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        for (var start = time.GetTimestamp(); ; )
        {
            if (TryTake(path) is { } taken)
                return taken;
            if (time.GetElapsedTime(start) >= patience)
                return null;
            await Task.Delay(Pause, time, cancellation);
        }
    }

    public void Dispose() => _stream.Dispose();

    private static LockedFile? TryTake(string path)
    {
        try
        {
            // Without sharing .NET takes an advisory lock (flock), which children do not inherit.
            return new(new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }
}
