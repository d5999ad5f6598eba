using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using Concord.Core;
using Concord.Core.Domain;

namespace Concord.Pipeline.Csv;

/// <summary>
/// Reads the grade files that almost all are: as they are written, without quotes and without a mistake. Anything else it
/// leaves to CsvHelper, so it has no opinion of its own on what is wrong. For one thread at a time.
/// </summary>
/// <param name="rubric">The criteria, in order.</param>
internal sealed class PlainGrades(IReadOnlyList<Criterion> rubric)
{
    private const int MomentLength = 20;

    private readonly byte[] _header = Encoding.UTF8.GetBytes(string.Join(',', GradeHeader.Written(rubric)));
    private readonly GradedOutputs _outputs = new();
    private readonly PlainOutputs _known = new();
    private readonly List<int> _readIn = [];
    private readonly double?[][] _digits =
    [
        .. rubric.Select(c =>
            Enumerable.Range(0, 10).Select(d => c.Scale.InRange(d) && c.Scale.OnStep(d) ? (double?)d : null).ToArray()
        ),
    ];
    private int _files;

    /// <summary>Reads a file.</summary>
    /// <returns>The rows; null where the file is not plain, or something in it may be wrong.</returns>
    [MethodImpl(Hot.Loop)]
    public GradeTable? Read(ReadOnlySpan<byte> bytes)
    {
        if (
            bytes.ContainsAny((byte)'"', (byte)'\r', (byte)0)
            || !System.Text.Unicode.Utf8.IsValid(bytes)
            || !bytes.StartsWith(_header)
            || bytes.Length > _header.Length && bytes[_header.Length] != '\n'
        )
            return null;
        bytes = bytes[Math.Min(bytes.Length, _header.Length + 1)..];
        var rows = bytes.Count((byte)'\n') + (bytes.IsEmpty || bytes[^1] == '\n' ? 0 : 1);
        var columns = new GradeColumns(rows, rubric.Count);
        _files++;
        for (var row = 0; row < rows; row++)
        {
            var end = bytes.IndexOf((byte)'\n');
            if (!ReadRow(end < 0 ? bytes : bytes[..end], row, columns))
                return null;
            bytes = bytes[(end + 1)..];
        }
        return new(_outputs, columns);
    }

    [MethodImpl(Hot.Loop)]
    private bool ReadRow(ReadOnlySpan<byte> line, int row, GradeColumns columns)
    {
        var output = line;
        if (!Cell(ref line, out var challenge) || !Cell(ref line, out var model) || !Cell(ref line, out var fingerprint))
            return false;
        output = output[..(output.Length - line.Length)];
        if (Output(output, challenge, model, fingerprint) is not { } place)
            return false;
        columns.OutputOf[row] = place;
        var scored = false;
        for (var i = 0; i < _digits.Length; i++)
        {
            if (!Cell(ref line, out var text))
                return false;
            if (text.IsEmpty)
                continue;
            if (Score(text, i) is not { } score)
                return false;
            columns.Score(row, i, score);
            scored = true;
        }
        if (
            !Cell(ref line, out var status)
            || !Cell(ref line, out var notes)
            || !Cell(ref line, out var moment)
            || line.Contains((byte)',')
        )
            return false;
        if (!Status(status, out columns.Status[row]) || scored == (columns.Status[row] == GradeStatus.Skipped))
            return false;
        if (!notes.IsEmpty || columns.Status[row] == GradeStatus.Skipped)
        {
            // A skipped row needs a reason, and a note has an end.
            if (notes.Length > GradeRow.LongestNote || notes.Trim(" \t"u8).IsEmpty)
                return false;
            var note = SpreadsheetGuard.Unguard(Encoding.UTF8.GetString(notes));
            if (string.IsNullOrWhiteSpace(note))
                return false;
            columns.Notes[row] = note;
        }
        return Moment(moment, out columns.GradedAt[row]) && Seconds(line, out columns.Seconds[row]);
    }

    private static bool Cell(ref ReadOnlySpan<byte> line, out ReadOnlySpan<byte> cell)
    {
        var comma = line.IndexOf((byte)',');
        cell = comma < 0 ? default : line[..comma];
        line = line[(comma + 1)..];
        return comma >= 0;
    }

    // The row's first three cells in one piece are an output that most files have named already.
    private int? Output(
        ReadOnlySpan<byte> cells,
        ReadOnlySpan<byte> challenge,
        ReadOnlySpan<byte> model,
        ReadOnlySpan<byte> fingerprint
    )
    {
        if (_known.Find(cells, out var slot) is not { } place)
        {
            if (
                !Ascii.IsValid(cells)
                || !ChallengeId.TryParse(Encoding.ASCII.GetString(challenge), out var challengeId)
                || !ModelId.TryParse(Encoding.ASCII.GetString(model), out var modelId)
                || !OutputId.TryParse(Encoding.ASCII.GetString(fingerprint), out var outputId)
            )
                return null;
            place = _outputs.Add(new(new(challengeId, modelId), outputId));
            _known.Add(cells, slot);
            _readIn.Add(0);
        }
        if (_readIn[place] == _files)
            return null; // twice in one file
        _readIn[place] = _files;
        return place;
    }

    private double? Score(ReadOnlySpan<byte> text, int criterion)
    {
        if (text.Length == 1)
            return text[0] - '0' is var digit and >= 0 and <= 9 ? _digits[criterion][digit] : null;
        Span<char> characters = stackalloc char[32];
        var scale = rubric[criterion].Scale;
        return
            text.Length <= characters.Length
            && Ascii.IsValid(text)
            && NumberText.TryParse(characters[..Encoding.ASCII.GetChars(text, characters)], out var score)
            && scale.InRange(score)
            && scale.OnStep(score)
            ? score
            : null;
    }

    private static bool Status(ReadOnlySpan<byte> text, out GradeStatus status)
    {
        status =
            text.SequenceEqual("graded"u8) ? GradeStatus.Graded
            : text.SequenceEqual("flagged"u8) ? GradeStatus.Flagged
            : GradeStatus.Skipped;
        return status != GradeStatus.Skipped || text.SequenceEqual("skipped"u8);
    }

    private static bool Moment(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (
            text.Length != MomentLength
            || text[4] != '-'
            || text[7] != '-'
            || text[10] != 'T'
            || text[13] != ':'
            || text[16] != ':'
            || text[19] != 'Z'
            || !(Two(text) is var century and >= 0)
            || !(Two(text[2..]) is var year and >= 0)
            || !(Two(text[5..]) is var month and >= 1 and <= 12)
            || !(Two(text[8..]) is var day and >= 1)
            || !(Two(text[11..]) is var hour and >= 0 and <= 23)
            || !(Two(text[14..]) is var minute and >= 0 and <= 59)
            || !(Two(text[17..]) is var second and >= 0 and <= 59)
        )
            return false;
        year += 100 * century;
        if (year == 0 || day > DateTime.DaysInMonth(year, month))
            return false;
        ticks = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks;
        return true;
    }

    private static int Two(ReadOnlySpan<byte> text) =>
        char.IsAsciiDigit((char)text[0]) && char.IsAsciiDigit((char)text[1]) ? (text[0] - '0') * 10 + (text[1] - '0') : -1;

    private static bool Seconds(ReadOnlySpan<byte> text, out int seconds)
    {
        seconds = GradeTable.NotMeasured;
        return text.IsEmpty
            || char.IsAsciiDigit((char)text[0]) && Utf8Parser.TryParse(text, out seconds, out var read) && read == text.Length;
    }
}
