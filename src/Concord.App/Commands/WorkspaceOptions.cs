using System.CommandLine;
using Concord.Core.Domain;
using Concord.Pipeline.Git;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;

namespace Concord.App.Commands;

/// <summary>A workspace that a command has opened.</summary>
/// <param name="Root">Its folder.</param>
/// <param name="Repository">The repository it lives in.</param>
/// <param name="Tree">Its files.</param>
/// <param name="Commit">The commit they were read from; null for the files as they lie.</param>
internal sealed record OpenWorkspace(string Root, GitRepository Repository, FileTree Tree, string? Commit) : IDisposable
{
    /// <summary>Where the repository keeps parsed grade files.</summary>
    public GradeCache Cache { get; } = new(Repository.CommonFolder);

    /// <summary>Where the repository keeps the last fits of rater models.</summary>
    public FitCache Fits { get; } = new(Repository.CommonFolder, Repository.Prefix);

    public void Dispose() => Tree.Dispose();
}

/// <summary>The options that every reading command takes: <c>--repo</c>, <c>--at</c>, <c>--json</c>.</summary>
internal sealed class WorkspaceOptions(Terminal terminal)
{
    private readonly Option<string?> _repo = new("--repo")
    {
        Description = "The workspace's folder; else the nearest one upwards from here.",
        HelpName = "DIR",
    };

    private readonly Option<string?> _at = new("--at")
    {
        Description = "Read a commit instead of the files as they lie, without a checkout.",
        HelpName = "REF",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON document." };

    public WorkspaceOptions AddTo(Command command, bool at = true, bool json = true)
    {
        command.Add(_repo);
        if (at)
            command.Add(_at);
        if (json)
            command.Add(_json);
        return this;
    }

    public bool AsJson(ParseResult parsed) => parsed.GetValue(_json);

    public string? At(ParseResult parsed) => parsed.GetValue(_at);

    public string Root(ParseResult parsed) => WorkspaceFolder.Find(Folder(parsed), climb: !Named(parsed));

    public async Task<OpenWorkspace> OpenAsync(ParseResult parsed, CancellationToken cancellation)
    {
        // A commit may have a workspace where the files as they lie have none.
        var at = At(parsed);
        var root =
            at is null ? Root(parsed)
            : Named(parsed) ? Start(parsed)
            : TryRoot(parsed) ?? terminal.Folder;
        var repository = await GitRepository.FindAsync(root, cancellation);
        if (at is null)
            return new(root, repository, new WorkTree(root), null);
        var commit = await repository.ResolveAsync(at, cancellation);
        var tree = await repository.OpenTreeAsync(commit, terminal.Error.WriteLine, cancellation);
        while (!Named(parsed) && repository.Prefix.Length > 0 && tree.Read(WorkspaceFolder.BenchmarkFile) is null)
        {
            tree.Dispose();
            root = Path.GetDirectoryName(root)!;
            repository = repository with { Prefix = Above(repository.Prefix) };
            tree = await repository.OpenTreeAsync(commit, terminal.Error.WriteLine, cancellation);
        }
        return new(root, repository, tree, commit);
    }

    /// <summary>The folder that was named, else the one that the command was called in.</summary>
    public string Start(ParseResult parsed) =>
        Folder(parsed) is var folder && Directory.Exists(folder)
            ? folder
            : throw new ConcordException("no-workspace", "The folder does not exist.", "Name a folder that does.", folder);

    /// <summary>The workspace's folder; null where there is none.</summary>
    public string? TryRoot(ParseResult parsed) => WorkspaceFolder.TryFind(Folder(parsed), climb: !Named(parsed));

    private bool Named(ParseResult parsed) => parsed.GetValue(_repo) is not null;

    private string Folder(ParseResult parsed) => Path.GetFullPath(parsed.GetValue(_repo) ?? ".", terminal.Folder);

    private static string Above(string prefix) => prefix[..(prefix.TrimEnd('/').LastIndexOf('/') + 1)];
}
