using Concord.Core.Domain;

namespace Concord.Pipeline.Workspaces;

/// <summary>What the cache holds for one rubric: the grade files in some segments, by the blob id of their contents.</summary>
internal sealed class GradePack
{
    private readonly Dictionary<string, (GradeSegment Segment, int Index)> _places = new(StringComparer.Ordinal);

    public GradePack(byte[] rubricSum, IReadOnlyList<GradeSegment> segments, bool isBroken)
    {
        (RubricSum, Segments, IsBroken) = (rubricSum, segments, isBroken);
        foreach (var segment in segments)
            for (var i = 0; i < segment.Blobs.Count; i++)
                _places[segment.Blobs[i]] = (segment, i);
    }

    /// <summary>A grade file to keep.</summary>
    /// <param name="Blob">The id of its contents.</param>
    /// <param name="Grades">Its rows.</param>
    /// <param name="Known">Whether the pack has it already.</param>
    public sealed record Entry(string Blob, GradeTable Grades, bool Known);

    /// <summary>Names what a parsed file depends on beside its contents.</summary>
    public byte[] RubricSum { get; }

    public IReadOnlyList<GradeSegment> Segments { get; }

    /// <summary>Whether something in it could not be used, so that it should be written anew.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>The rows of a grade file; null where the pack has not got them, or they are damaged.</summary>
    public GradeTable? Find(string blob)
    {
        if (!_places.TryGetValue(blob, out var place))
            return null;
        var table = place.Segment.Read(place.Index);
        IsBroken |= table is null;
        return table;
    }
}
