namespace Concord.Tests.Support;

/// <summary>A folder that goes with the test.</summary>
internal class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("concord-test-").FullName;

    public string this[string relative] => System.IO.Path.Combine(Path, relative);

    public void Write(string relative, string text) => Write(relative, System.Text.Encoding.UTF8.GetBytes(text));

    public void Write(string relative, byte[] bytes)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[relative])!);
        File.WriteAllBytes(this[relative], bytes);
    }

    public string Read(string relative) => File.ReadAllText(this[relative]);

    public virtual void Dispose()
    {
        Directory.Delete(Path, recursive: true);
        GC.SuppressFinalize(this);
    }
}
