using System.Text;

namespace Concord.App;

/// <summary>Takes away the blanks with which tables fill their last column, so that output diffs and copies cleanly.</summary>
internal sealed class TrimmedLines(TextWriter inner) : TextWriter
{
    private readonly StringBuilder _blanks = new();

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value)
    {
        if (value == ' ')
        {
            _blanks.Append(' ');
            return;
        }
        if (value is not ('\n' or '\r'))
            inner.Write(_blanks);
        _blanks.Clear();
        if (value != '\r')
            inner.Write(value);
    }
}
