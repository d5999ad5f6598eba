namespace Concord.Pipeline.Workspaces;

/// <summary>A file as a page gets it.</summary>
/// <param name="ContentType">The media type, with the encoding where it is text.</param>
/// <param name="Bytes">The bytes.</param>
public sealed record ServedFile(string ContentType, byte[] Bytes)
{
    /// <summary>The media type of a file by its name's end.</summary>
    public static string TypeOf(string path) => ContentTypes.Of(path);
}
