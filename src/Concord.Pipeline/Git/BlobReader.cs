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
    public byte[]? Read(string name) => Object(name) is ("blob", _, var bytes) ? bytes : null;

    /// <summary>The full id of the object that a name means now; null where there is none.</summary>
    /// <param name="name">An object name, such as a branch's full one.</param>
    public string? Id(string name) => Object(name)?.Id;

    /// <summary>A folder's files, without those of folders in it.</summary>
    /// <param name="name">An object name such as <c>commit:path</c>.</param>
    /// <returns>The names of regular files, with the ids of their contents; none where there is no such folder.</returns>
    public IReadOnlyList<(string Name, string Blob)> Files(string name)
    {
        var files = new List<(string, string)>();
        if (Object(name) is not ("tree", var id, var bytes))
            return files;
        // Each entry is the mode, a blank, the name, a NUL and the id's bytes.
        for (var rest = bytes.AsSpan(); rest.Length > 0; )
        {
            var (blank, end) = (rest.IndexOf((byte)' '), rest.IndexOf((byte)0));
            var blob = rest.Slice(end + 1, id.Length / 2);
            if (rest[..blank].StartsWith("100"u8))
                files.Add((Encoding.UTF8.GetString(rest[(blank + 1)..end]), Convert.ToHexStringLower(blob)));
            rest = rest[(end + 1 + blob.Length)..];
        }
        return files;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private (string Kind, string Id, byte[] Bytes)? Object(string name)
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
        return (header[^2], header[^3], bytes);
    }

    private static string ReadLine(Stream stream)
    {
        var line = new List<byte>();
        for (var next = stream.ReadByte(); next is not ('\n' or -1); next = stream.ReadByte())
            line.Add((byte)next);
        return Encoding.UTF8.GetString([.. line]);
    }
}
