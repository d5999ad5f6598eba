using Concord.Core.Domain;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Running;

/// <summary>
/// Writes an output's folder as one set: made whole elsewhere, then renamed into its place, so that nobody sees a part, and
/// nothing of an earlier reply stays. An earlier folder is put aside first; where a run ends between the two, the next puts it back.
/// </summary>
/// <param name="root">The workspace.</param>
internal sealed class OutputSet(string root)
{
    private const string Cache = "benchmarks/.cache";

    /// <summary>What is written and removed beside the outputs; none of it may be a link.</summary>
    public static IReadOnlyList<string> Places { get; } =
    [$"{Cache}/new", $"{Cache}/replaced", $"{Cache}/lock", $"{Cache}/.gitignore"];

    private static readonly EnumerationOptions NoLinks = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    private static readonly SemaphoreSlim InProcess = new(1, 1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly string _aside = Path.Combine(root, Cache, "replaced");
    private readonly string _new = Path.Combine(root, Cache, "new");

    /// <summary>Puts back what an interrupted run had put aside, and removes what it had not finished.</summary>
    public async Task RecoverAsync(CancellationToken cancellation)
    {
        if (!Directory.Exists(Path.Combine(root, Cache)))
            return;
        using var _ = await LockAsync(cancellation);
        foreach (var record in Files(_aside, "output.json"))
        {
            var folder = Path.GetDirectoryName(record)!;
            var relative = Path.GetRelativePath(_aside, folder).Replace('\\', '/');
            var place = Path.Combine(root, "benchmarks/outputs", relative);
            // A file of an output may have that name too, but lies below files/; a challenge may be called so.
            if (relative.Split('/').Skip(1).Contains("files") || Directory.Exists(place))
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            Directory.Move(folder, place);
        }
        if (Directory.Exists(_aside))
            Directory.Delete(_aside, recursive: true);
        if (!Directory.Exists(_new))
            return;
        foreach (var left in Directory.EnumerateDirectories(_new, AtomicFile.TemporaryPrefix + "*"))
            if (AtomicFile.IsLeftover(Path.GetFileName(left)))
                Directory.Delete(left, recursive: true);
    }

    /// <summary>Writes an output.</summary>
    /// <param name="key">The output.</param>
    /// <param name="files">Its files: paths below its folder, and bytes.</param>
    /// <param name="mayReplace">Asked at the last moment: whether what is there may go.</param>
    /// <param name="cancellation">Stops it before anything changes.</param>
    /// <returns>Whether it was written.</returns>
    public async Task<bool> WriteAsync(
        OutputKey key,
        IReadOnlyList<(string Path, ReadOnlyMemory<byte> Bytes)> files,
        Func<bool> mayReplace,
        CancellationToken cancellation
    )
    {
        IgnoreCache();
        var made = Path.Combine(_new, $"{AtomicFile.TemporaryPrefix}{Environment.ProcessId}-{Guid.NewGuid():N}");
        try
        {
            foreach (var (path, bytes) in files)
                Write(Path.Combine(made, path), bytes.Span);
            using var _ = await LockAsync(cancellation);
            if (!mayReplace())
                return false;
            Swap(made, key);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConcordException(
                "cannot-write",
                $"The output could not be written: {e.Message}",
                "Make room or give write permission, then run the command again; the reply is kept and is not asked for again.",
                key.Folder
            );
        }
        finally
        {
            if (Directory.Exists(made))
                Directory.Delete(made, recursive: true);
        }
    }

    private void Swap(string made, OutputKey key)
    {
        var place = Path.Combine(root, key.Folder);
        var aside = Path.Combine(_aside, key.Challenge.Value, key.Model.Value);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        if (!Directory.Exists(place))
        {
            Directory.Move(made, place);
            return;
        }
        if (Directory.Exists(aside))
            Directory.Delete(aside, recursive: true);
        Directory.CreateDirectory(Path.GetDirectoryName(aside)!);
        Directory.Move(place, aside);
        try
        {
            Directory.Move(made, place);
        }
        catch (IOException)
        {
            Directory.Move(aside, place);
            throw;
        }
        Directory.Delete(aside, recursive: true);
    }

    private static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        stream.Write(bytes);
        stream.Flush(flushToDisk: true);
    }

    // A workspace of an earlier version may not ignore the folder.
    private void IgnoreCache()
    {
        var ignore = Path.Combine(root, Cache, ".gitignore");
        if (!File.Exists(ignore))
            AtomicFile.Replace(ignore, "*\n"u8);
    }

    // The system gives a lock back when its process ends, however it ends.
    private async Task<IDisposable> LockAsync(CancellationToken cancellation)
    {
        await InProcess.WaitAsync(cancellation);
        try
        {
            var waited = System.Diagnostics.Stopwatch.StartNew();
            while (true)
            {
                try
                {
                    return new Held(
                        new FileStream(Path.Combine(root, Cache, "lock"), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None)
                    );
                }
                catch (IOException) when (waited.Elapsed < LongestWait)
                {
                    await Task.Delay(10, cancellation);
                }
            }
        }
        catch
        {
            InProcess.Release();
            throw;
        }
    }

    private static IEnumerable<string> Files(string folder, string name) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, name, NoLinks)] : [];

    private sealed class Held(FileStream file) : IDisposable
    {
        public void Dispose()
        {
            file.Dispose();
            InProcess.Release();
        }
    }
}
