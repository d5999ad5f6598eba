using System.Security.Cryptography;
using System.Text;
using Concord.Core.Domain;
using Concord.Core.Statistics.RaterModels;

namespace Concord.Pipeline.Workspaces;

/// <summary>
/// Keeps the last fit of each criterion's rater model in the repository's own folder, for the next one to start from. It may be
/// deleted at any time, and nothing that is committed depends on it (src/decisions/0014-grade-cache.md).
/// </summary>
/// <param name="repository">The folder of the repository's own files; null keeps nothing.</param>
/// <param name="workspace">The workspace's folder inside the repository: others have criteria of the same name.</param>
public sealed class FitCache(string? repository, string workspace = "")
{
    private const long MostBytes = 64L * 1024 * 1024;
    private const string Suffix = ".fit";

    private readonly PrivateFolder _folder = new(repository, "fits", Suffix);

    /// <summary>The most bytes that all files may have together.</summary>
    internal long Bound { get; init; } = MostBytes;

    /// <summary>The last fits of a rubric's criteria.</summary>
    /// <param name="rubric">The criteria.</param>
    /// <returns>Those that are there and whole.</returns>
    public IReadOnlyDictionary<CriterionId, RaterModelStart> Read(IReadOnlyList<Criterion> rubric)
    {
        ArgumentNullException.ThrowIfNull(rubric);
        var fits = new Dictionary<CriterionId, RaterModelStart>();
        if (_folder.IsOpen)
            foreach (var criterion in rubric)
                if (
                    _folder.Read(FileName(criterion.Id), Bound) is { } bytes
                    && FitEncoding.Decode(bytes, Key(criterion.Id)) is { } fit
                )
                    fits[criterion.Id] = fit;
        return fits;
    }

    /// <summary>Keeps fits in place of the last ones. Nothing is locked: of two runs at once either one's is kept, whole.</summary>
    /// <param name="fits">The fits by criterion.</param>
    public void Save(IReadOnlyDictionary<CriterionId, RaterModelStart> fits)
    {
        ArgumentNullException.ThrowIfNull(fits);
        if (fits.Count == 0 || !_folder.IsOpen)
            return;
        try
        {
            foreach (var (criterion, fit) in fits)
                if (fit.Confusions.Length <= Bound / sizeof(double))
                    _folder.Write(FileName(criterion), FitEncoding.Encode(Key(criterion), fit));
            _folder.RemoveOldest(Bound);
        }
        catch (Exception e) when (PrivateFolder.IsRefusal(e))
        {
            // The next fit starts cold.
        }
    }

    private string Key(CriterionId criterion) => $"{criterion}\n{workspace}";

    private string FileName(CriterionId criterion) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Key(criterion))))[..16] + Suffix;
}
