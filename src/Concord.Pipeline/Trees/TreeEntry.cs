namespace Concord.Pipeline.Trees;

/// <summary>What an entry of a tree is.</summary>
public enum EntryKind
{
    File,

    /// <summary>A symbolic link: never followed, because it may lead out of the workspace.</summary>
    Link,

    /// <summary>A submodule or a device: nothing that Concord reads.</summary>
    Other,
}

/// <summary>One entry of a tree, folders apart.</summary>
/// <param name="Path">The path from the tree's root, with <c>/</c>.</param>
/// <param name="Kind">What it is.</param>
public readonly record struct TreeEntry(string Path, EntryKind Kind);
