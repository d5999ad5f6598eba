using System.Security.Cryptography;
using System.Text;
using Concord.Core.Domain;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Workspaces;

/// <summary>
/// Keeps parsed grade files in the repository's own folder, so that each content is parsed once. It may be deleted at any
/// time, and whatever is wrong with it costs time and nothing else (src/decisions/0014-grade-cache.md).
/// </summary>
/// <param name="repository">The folder of the repository's own files; null keeps nothing.</param>
public sealed class GradeCache(string? repository)
{
    /// <summary>Changes whenever the same bytes may be read otherwise, or are kept otherwise.</summary>
    private const int ParserVersion = 1;

    private const long MostBytes = 256L * 1024 * 1024;
    private const int MostSegments = 8;
    private const string Suffix = ".pack";

    private readonly string? _folder = repository is null ? null : Path.Combine(repository, "concord", "grades");

    /// <summary>Keeps nothing.</summary>
    public static GradeCache None { get; } = new(null);

    /// <summary>The most bytes that all files of the cache may have together.</summary>
    internal long Bound { get; init; } = MostBytes;

    /// <summary>Whether anything may be read from it or kept in it.</summary>
    internal bool IsOpen => _folder is not null && BitConverter.IsLittleEndian && IsOwn(_folder);

    /// <summary>What there is for a rubric.</summary>
    internal GradePack Open(IReadOnlyList<Criterion> rubric)
    {
        var rubricSum = RubricSum(rubric);
        var segments = new List<GradeSegment>();
        var broken = false;
        if (IsOpen)
        {
            foreach (var file in Files(Prefix(rubricSum)))
            {
                if (Bytes(file) is { } bytes && GradeSegment.Open(bytes, rubricSum) is { } segment)
                    segments.Add(segment);
                else
                    broken = true;
            }
        }
        return new(rubricSum, segments, broken);
    }

    /// <summary>
    /// Keeps what was parsed, as one more segment; where there are many of them, or a damaged one, as one instead of all.
    /// Nothing is locked: a segment is written whole under a name of its own, and one that another run removes meanwhile
    /// is parsed again.
    /// </summary>
    internal void Save(GradePack pack, IReadOnlyList<GradePack.Entry> entries)
    {
        GradePack.Entry[] fresh = [.. entries.Where(e => !e.Known)];
        if (!IsOpen || (fresh.Length == 0 && !pack.IsBroken))
            return;
        try
        {
            var old = Files(Prefix(pack.RubricSum)).ToArray();
            var anew = pack.IsBroken || old.Length >= MostSegments;
            if (GradeSegment.Write(pack.RubricSum, anew ? entries : fresh, Bound) is { } bytes)
            {
                var name = Prefix(pack.RubricSum) + Convert.ToHexStringLower(SHA256.HashData(bytes))[..16] + Suffix;
                Write(Path.Combine(_folder!, name), bytes);
                old = [.. old.Where(f => f.Name != name)];
            }
            if (anew)
                foreach (var file in old)
                    file.Delete();
            RemoveOldest();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A repository that cannot be written to is read all the same.
        }
    }

    private static string Prefix(byte[] rubricSum) => Convert.ToHexStringLower(rubricSum)[..8] + "-";

    // What a file of grades depends on beside its bytes; a title or a weight does not matter.
    private static byte[] RubricSum(IReadOnlyList<Criterion> rubric)
    {
        var text = new StringBuilder().Append(ParserVersion).Append('\n');
        foreach (var c in rubric)
            text.Append(c.Id)
                .AppendJoin(' ', [NumberText.Of(c.Scale.Min), NumberText.Of(c.Scale.Max), NumberText.Of(c.Scale.Step)])
                .AppendJoin(' ', c.RenamedFrom)
                .Append('\n');
        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>Whether a folder of the cache is missing, or is a folder that only the owner and the group can write to.</summary>
    private static bool IsOwn(string folder)
    {
        try
        {
            return new[] { folder, Path.GetDirectoryName(folder)! }
                .Select(f => new DirectoryInfo(f))
                .All(f => f.LinkTarget is null && (!f.Exists || IsSafe(f)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsSafe(FileSystemInfo file) =>
        OperatingSystem.IsWindows() || (file.UnixFileMode & UnixFileMode.OtherWrite) == 0;

    private List<FileInfo> Files(string prefix)
    {
        var folder = new DirectoryInfo(_folder!);
        try
        {
            return folder.Exists
                ? [.. folder.EnumerateFiles(prefix + "*" + Suffix).OrderBy(f => f.Name, StringComparer.Ordinal)]
                : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private byte[]? Bytes(FileInfo file)
    {
        try
        {
            return RegularFile.Is(file.FullName) && IsSafe(file) && file.Length <= Math.Min(2 * Bound, Array.MaxLength)
                ? File.ReadAllBytes(file.FullName)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Not flushed to disk: what a power failure leaves does not match its sum.
    private static void Write(string path, byte[] bytes)
    {
        var folder = Path.GetDirectoryName(path)!;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var temporary = Path.Combine(folder, $"{AtomicFile.TemporaryPrefix}{Environment.ProcessId}-{Guid.NewGuid():N}");
        try
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                BufferSize = 0,
            };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var stream = new FileStream(temporary, options))
                stream.Write(bytes);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private void RemoveOldest()
    {
        foreach (var leftover in new DirectoryInfo(_folder!).EnumerateFiles(AtomicFile.TemporaryPrefix + "*"))
            if (AtomicFile.IsLeftover(leftover.Name))
                leftover.Delete();
        var files = Files("").OrderByDescending(f => f.LastWriteTimeUtc).ThenBy(f => f.Name, StringComparer.Ordinal);
        var kept = 0L;
        foreach (var file in files)
            if ((kept += file.Length) > Bound)
                file.Delete();
    }
}
