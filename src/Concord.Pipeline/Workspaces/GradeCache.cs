using System.Security.Cryptography;
using System.Text;
using Concord.Core.Domain;

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

    private readonly PrivateFolder _folder = new(repository, "grades", Suffix);

    /// <summary>Keeps nothing.</summary>
    public static GradeCache None { get; } = new(null);

    /// <summary>The most bytes that all files of the cache may have together.</summary>
    internal long Bound { get; init; } = MostBytes;

    /// <summary>Whether anything may be read from it or kept in it.</summary>
    internal bool IsOpen => BitConverter.IsLittleEndian && _folder.IsOpen;

    /// <summary>What there is for a rubric.</summary>
    internal GradePack Open(IReadOnlyList<Criterion> rubric)
    {
        var rubricSum = RubricSum(rubric);
        var segments = new List<GradeSegment>();
        var broken = false;
        if (IsOpen)
        {
            foreach (var file in _folder.Files(Prefix(rubricSum)))
            {
                if (_folder.Read(file.Name, 2 * Bound) is { } bytes && GradeSegment.Open(bytes, rubricSum) is { } segment)
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
            var old = _folder.Files(Prefix(pack.RubricSum)).ToArray();
            var anew = pack.IsBroken || old.Length >= MostSegments;
            if (GradeSegment.Write(pack.RubricSum, anew ? entries : fresh, Bound) is { } bytes)
            {
                var name = Prefix(pack.RubricSum) + Convert.ToHexStringLower(SHA256.HashData(bytes))[..16] + Suffix;
                _folder.Write(name, bytes);
                old = [.. old.Where(f => f.Name != name)];
            }
            if (anew)
                foreach (var file in old)
                    file.Delete();
            _folder.RemoveOldest(Bound);
        }
        catch (Exception e) when (PrivateFolder.IsRefusal(e))
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
}
