using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Concord.Pipeline.Git;

/// <summary>Reads many blobs through one long-lived <c>git cat-file --batch</c>.</summary>
internal sealed class BlobReader(GitCommand git) : IDisposable
{
    private readonly Process _process = git.Start(["cat-file", "--batch"]);

    /// <summary>A blob's bytes.</summary>
    /// <param name="name">An object name such as <c>commit:path</c>.</param>
    /// <returns>The bytes; null where there is no such blob.</returns>
    public byte[]? Read(string name)
    {
        if (name.Contains('\n', StringComparison.Ordinal))
            return null;
        _process.StandardInput.Write(name + "\n");
        _process.StandardInput.Flush();
        var stream = _process.StandardOutput.BaseStream;
        var header = ReadLine(stream).Split(' ');
        if (header.Length < 3 || !long.TryParse(header[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var size))
            return null;
        var bytes = new byte[size];
        stream.ReadExactly(bytes);
        stream.ReadByte();
        return header[^2] == "blob" ? bytes : null;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static string ReadLine(Stream stream)
    {
        var line = new List<byte>();
        for (var next = stream.ReadByte(); next is not ('\n' or -1); next = stream.ReadByte())
            line.Add((byte)next);
        return Encoding.UTF8.GetString([.. line]);
    }
}
