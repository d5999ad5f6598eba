using System.Globalization;

namespace Concord.Pipeline.Datasets;

/// <summary>Rows in files of about one size, named as the Hub names them: <c>train-00000-of-00003.parquet</c>.</summary>
/// <param name="folder">The folder, which is there.</param>
/// <param name="split">The first part of each name.</param>
/// <param name="file">How rows lie in a file.</param>
/// <param name="shape">A row's shape.</param>
/// <param name="metadata">See <see cref="DatasetFiles.Writer"/>.</param>
/// <param name="largest">From how many bytes on the next row begins another file; above 0.</param>
public sealed class Shards(
    string folder,
    string split,
    DatasetFile file,
    Shape shape,
    IReadOnlyList<KeyValuePair<string, string>> metadata,
    long largest
) : IDisposable
{
    private const int BufferBytes = 128 * 1024;

    private FileStream? _stream;
    private IRowWriter? _writer;
    private int _count;

    /// <summary>How many rows were written.</summary>
    public long Rows { get; private set; }

    /// <summary>Writes a row; its file has another name until <see cref="Finish"/>.</summary>
    public void Write(object[] row)
    {
        if (_writer?.Bytes >= largest)
            Close();
        if (_writer is null)
        {
            _stream = new(Part(_count++), FileMode.Create, FileAccess.Write, FileShare.None, BufferBytes);
            _writer = file.Writer(shape, _stream, metadata);
        }
        _writer.Write(row);
        Rows++;
    }

    /// <summary>Gives the files their names, now that it is known how many there are.</summary>
    /// <returns>The names, in order; one file without rows where none was written.</returns>
    public IReadOnlyList<string> Finish()
    {
        if (_count == 0)
        {
            _stream = new(Part(_count++), FileMode.Create, FileAccess.Write);
            _writer = file.Writer(shape, _stream, metadata);
        }
        Close();
        string[] names =
        [
            .. Enumerable
                .Range(0, _count)
                .Select(i =>
                    string.Create(CultureInfo.InvariantCulture, $"{split}-{i:00000}-of-{_count:00000}{file.Extension()}")
                ),
        ];
        for (var i = 0; i < _count; i++)
            File.Move(Part(i), Path.Combine(folder, names[i]), overwrite: true);
        _count = 0;
        return names;
    }

    /// <summary>Deletes what was not finished.</summary>
    public void Dispose()
    {
        _writer?.Dispose();
        _stream?.Dispose();
        for (var i = 0; i < _count; i++)
            File.Delete(Part(i));
    }

    private string Part(int number) =>
        Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $".{split}-{number:00000}.part"));

    private void Close()
    {
        _writer!.Finish();
        _writer.Dispose();
        _writer = null;
        _stream!.Flush(flushToDisk: true);
        _stream.Dispose();
        _stream = null;
    }
}
