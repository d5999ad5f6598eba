using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Concord.Core.Domain;

namespace Concord.Pipeline.Validating;

/// <summary>What kinds of values each column has, over all rows: loaders guess from the first rows, and fail at the first that is another.</summary>
/// <param name="findings">Takes what is wrong.</param>
/// <param name="isKnown">Whether a column's presence and numbers are another's to judge.</param>
internal sealed class ColumnKinds(Findings findings, Func<string, bool> isKnown)
{
    private const int MostColumns = 10_000;
    private const int LongestName = 200;
    private const int LongestPath = 1_000;

    // Of what a row lacks so much is told; a row with nothing would take as long as one with everything.
    private const int MostMissing = 20;

    private readonly Place _root = new("", "");
    private int _columns;
    private long _objects;
    private long _rows;

    /// <summary>Columns that the last row was the first to have.</summary>
    public IReadOnlyList<string> New { get; private set; } = [];

    private sealed class Place(string name, string path, int index = 0)
    {
        public int Index => index;
        public string Name => name;
        public string Path => path;
        public List<Place> Fields { get; } = [];
        public Dictionary<string, Place> Named { get; } = new(StringComparer.Ordinal);

        /// <summary>Fields whose absence is still to be told.</summary>
        public List<Place> Judged { get; } = [];
        public Place? Element { get; set; }
        public JsonValueKind? Kind { get; set; }
        public bool? IsWhole { get; set; }
        public bool SaidMixed { get; set; }
        public long LastObject { get; set; }
        public bool WasList { get; set; }
    }

    /// <summary>Takes a row.</summary>
    public void Take(JsonElement row)
    {
        _rows++;
        var known = _root.Fields.Count;
        Walk(row, _root);
        New = known == _root.Fields.Count ? [] : [.. _root.Fields.Skip(known).Select(f => f.Name)];
    }

    /// <summary>Lists that were empty in every row.</summary>
    public IEnumerable<string> EmptyLists => Below(_root).Where(p => p is { WasList: true, Element: null }).Select(p => p.Path);

    private static IEnumerable<Place> Below(Place place) =>
        place.Fields.Append(place.Element).OfType<Place>().SelectMany(p => Below(p).Prepend(p));

    private void Walk(JsonElement value, Place place)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                findings.Error(
                    "null",
                    $"'{place.Path}' is null.",
                    "Give every row a value: an empty text, an empty list or a number that says that there is none."
                );
                return;
            case JsonValueKind.Object:
                WalkFields(value, place);
                break;
            case JsonValueKind.Array:
                place.WasList = true;
                foreach (var element in value.EnumerateArray())
                    Walk(element, place.Element ??= new("", Cut($"{place.Path}[]", LongestPath)));
                break;
            case JsonValueKind.Number:
                TakeNumber(value, place);
                break;
        }
        var kind = value.ValueKind == JsonValueKind.False ? JsonValueKind.True : value.ValueKind;
        place.Kind ??= kind;
        if (place.Kind != kind)
            findings.Error(
                "type-changes",
                $"'{place.Path}' is {Name(kind)} here and {Name(place.Kind.Value)} before.",
                "Give a column one type in every row of every file."
            );
    }

    private void TakeNumber(JsonElement value, Place place)
    {
        if (!value.TryGetDouble(out var number) || !double.IsFinite(number))
            findings.Error(
                "non-finite",
                $"'{place.Path}' is not a finite number.",
                "Leave the row out, or write a number that says that there is none."
            );
        var whole = IsWhole(value);
        place.IsWhole ??= whole;
        if (place.IsWhole == whole || place.SaidMixed || isKnown(place.Path))
            return;
        place.SaidMixed = true;
        findings.Warning(
            "whole-number",
            $"'{place.Path}' is {(whole ? "a whole number here and a double" : "a double here and a whole number")} before.",
            "Write doubles with a point, 4.0 and not 4."
        );
    }

    private void WalkFields(JsonElement value, Place place)
    {
        var stamp = ++_objects;
        var isFirst = place.Kind is null;
        var next = 0;
        var seen = 0;
        foreach (var property in value.EnumerateObject())
        {
            // Most rows have the same fields in the same order.
            var field =
                next < place.Fields.Count && property.NameEquals(place.Fields[next].Name)
                    ? place.Fields[next]
                    : place.Named.GetValueOrDefault(Key(property.Name));
            if (field is null)
            {
                field = Added(place, property.Name);
                if (!isFirst && IsJudged(place, field))
                {
                    SayApart(place, field, "is new here: what comes before does not have it");
                    if (place != _root)
                        place.Judged.RemoveAt(place.Judged.Count - 1);
                }
            }
            next = field.Index + 1;
            field.LastObject = stamp;
            seen++;
            Walk(property.Value, field);
        }
        if (seen < place.Fields.Count)
            SayMissing(place, stamp);
    }

    private void SayMissing(Place place, long stamp)
    {
        const string How = "is missing here: what comes before has it";
        if (place != _root)
        {
            // Once a field, so that records within lists do not drown the rest.
            foreach (var field in place.Judged.Where(f => f.LastObject != stamp))
                SayApart(place, field, How);
            place.Judged.RemoveAll(f => f.LastObject != stamp);
            return;
        }
        foreach (var field in place.Judged.Where(f => f.LastObject != stamp).Take(MostMissing))
            SayApart(place, field, How);
    }

    private Place Added(Place place, string name)
    {
        if (++_columns > MostColumns)
            throw new ConcordException(
                "too-many-columns",
                $"The dataset has more than {MostColumns:#,0} columns, those of records included.",
                "Put what differs from row to row into values, not into names."
            );
        var key = Key(name);
        var path = place.Path.Length == 0 ? key : $"{place.Path}.{key}";
        var field = new Place(key, Cut(path, LongestPath), place.Fields.Count);
        place.Fields.Add(field);
        place.Named.Add(key, field);
        if (IsJudged(place, field))
            place.Judged.Add(field);
        return field;
    }

    private bool IsJudged(Place place, Place field) => place != _root || !isKnown(field.Name);

    // Of a name that is a text of its own the beginning and its digest say enough.
    private static string Key(string name) =>
        name.Length <= LongestName
            ? name
            : $"{Cut(name, LongestName)}{Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(name.AsSpan())))[..16]}";

    private static string Cut(string text, int length) =>
        text.Length <= length ? text : text[..(length - (char.IsHighSurrogate(text[length - 1]) ? 1 : 0))] + "…";

    private void SayApart(Place place, Place field, string how)
    {
        var (rule, mend) = ("columns-change", "Give every row the same columns; loaders write null into what is missing.");
        if (place == _root)
            findings.Error(rule, $"'{field.Path}' {how}.", mend);
        else
            findings.Warning(rule, $"'{field.Path}' {how}.", mend);
    }

    /// <summary>Whether a number is written without a point.</summary>
    public static bool IsWhole(JsonElement number) =>
        JsonMarshal.GetRawUtf8Value(number).IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0;

    /// <summary>A kind in words.</summary>
    public static string Name(JsonValueKind kind) =>
        kind switch
        {
            JsonValueKind.Object => "a record",
            JsonValueKind.Array => "a list",
            JsonValueKind.String => "a text",
            JsonValueKind.Number => "a number",
            JsonValueKind.Null => "null",
            _ => "true or false",
        };
}
