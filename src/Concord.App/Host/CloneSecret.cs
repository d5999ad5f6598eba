using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Concord.Core.Domain;
using Concord.Pipeline.Trees;

namespace Concord.App.Host;

/// <summary>
/// What only this clone's owner knows: random, made once, kept among the repository's own files. Everything that must not be
/// guessed is derived from it, so that a page that stayed open over a restart of the host goes on.
/// </summary>
internal sealed class CloneSecret
{
    private const int Bytes = 32;
    private const int KeyBytes = 16;
    private const int FirstPort = 17_000;
    private const int PortPairs = 7_000;

    private readonly byte[] _secret;

    private CloneSecret(byte[] secret) => _secret = secret;

    /// <summary>The token that the address on the terminal carries.</summary>
    public string Token => Derived("token", Bytes);

    /// <summary>The cookie's name: cookies do not tell ports apart, and another clone has another token.</summary>
    public string CookieName => "concord-" + Convert.ToHexStringLower(Mac("cookie").AsSpan(0, 4));

    /// <summary>The port to try first, below those that systems give to outgoing connections; the same at every start.</summary>
    public int Port => FirstPort + 2 * (int)(BitConverter.ToUInt32(Mac("port")) % PortPairs);

    /// <summary>A name for something in a session that tells nothing of it.</summary>
    public string Key(string session, string kind, string path) => Derived($"{kind}\n{session}\n{path}", KeyBytes);

    /// <summary>Reads the secret, or makes it.</summary>
    /// <param name="common">The folder of the repository's own files.</param>
    /// <exception cref="ConcordException">It is a link, or the file system refused.</exception>
    public static CloneSecret Open(string common)
    {
        var folder = Path.Combine(common, "concord");
        var path = Path.Combine(folder, "host-secret");
        try
        {
            if (new DirectoryInfo(folder).LinkTarget is not null || new FileInfo(path).LinkTarget is not null)
                throw new ConcordException("link", "The grading page's secret lies behind a link.", "Remove the link.", path);
            OwnerOnly.MakeFolder(folder);
            return new(TryRead(path) ?? Make(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConcordException(
                "cannot-write",
                $"The grading page's secret could not be kept: {e.Message}",
                "Make room or give write permission, then run the command again.",
                path
            );
        }
    }

    // One that others could read is no secret any more.
    private static byte[]? TryRead(string path)
    {
        if (!File.Exists(path))
            return null;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerOnly.Files) != 0)
        {
            File.Delete(path);
            return null;
        }
        var bytes = File.ReadAllBytes(path);
        return bytes.Length == Bytes ? bytes : null;
    }

    // Two hosts may start at a time: the first one's secret stays.
    private static byte[] Make(string path)
    {
        var secret = RandomNumberGenerator.GetBytes(Bytes);
        var temporary = $"{path}-{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly.Files;
        try
        {
            using (var stream = new FileStream(temporary, options))
            {
                stream.Write(secret);
                stream.Flush(flushToDisk: true);
            }
            if (File.Exists(path) && new FileInfo(path).Length != Bytes)
                File.Delete(path);
            File.Move(temporary, path, overwrite: false);
            return secret;
        }
        catch (IOException) when (TryRead(path) is not null)
        {
            return TryRead(path)!;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private string Derived(string purpose, int bytes) => Base64Url.EncodeToString(Mac(purpose).AsSpan(0, bytes));

    private byte[] Mac(string purpose) => HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(purpose));
}
