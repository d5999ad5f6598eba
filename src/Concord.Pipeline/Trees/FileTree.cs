using System.Text;
using Concord.Core.Domain;

namespace Concord.Pipeline.Trees;

/// <summary>The files of a workspace at one moment, wherever they are kept: on disk, or in a commit.</summary>
public abstract class FileTree : IDisposable
{
    /// <summary>The tree's name for messages, such as <c>the work tree</c> or <c>commit 3fa9c1d</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Every file and link below a folder, sorted by UTF-8 path.</summary>
    /// <param name="folder">The folder, with <c>/</c> and no slash at the end.</param>
    /// <returns>Nothing where the folder does not exist.</returns>
    public IReadOnlyList<TreeEntry> List(string folder)
    {
        var entries = Entries(folder).Where(e => e.Path != folder).ToArray();
        var keys = Array.ConvertAll(entries, e => Encoding.UTF8.GetBytes(e.Path));
        Array.Sort(keys, entries, Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b)));
        return entries;
    }

    /// <summary>The bytes of a file that <see cref="List"/> named.</summary>
    /// <exception cref="ConcordException">It is gone: somebody writes to the workspace meanwhile, or git failed.</exception>
    public byte[] ReadListed(string path) =>
        Read(path)
        ?? throw new ConcordException(
            "vanished",
            $"The file was listed and then not there, in {Name}.",
            "Run the command again.",
            path
        );

    /// <summary>A file's bytes.</summary>
    /// <param name="path">The path, with <c>/</c>.</param>
    /// <returns>The bytes; null where there is no file of that name, or only a link.</returns>
    public abstract byte[]? Read(string path);

    /// <summary>Whether several threads may read at a time.</summary>
    public virtual bool IsConcurrent => false;

    /// <summary>The id that git has for a file's contents.</summary>
    /// <param name="path">The path of a file, with <c>/</c>.</param>
    /// <returns>The id in hex; null where only reading the file tells.</returns>
    public virtual string? BlobId(string path) => null;

    /// <summary>Whether a path, or a folder on the way to it, is a link, which may lead out of the workspace.</summary>
    /// <param name="path">The path, with <c>/</c>.</param>
    public abstract bool LeadsThroughLink(string path);

    public virtual void Dispose() => GC.SuppressFinalize(this);

    /// <summary>Every file and link below a folder, in any order; of anything but a folder only itself.</summary>
    protected abstract IEnumerable<TreeEntry> Entries(string folder);
}
