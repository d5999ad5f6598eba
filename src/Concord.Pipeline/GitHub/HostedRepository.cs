namespace Concord.Pipeline.GitHub;

/// <summary>What the token may do.</summary>
internal sealed record Permissions
{
    public bool Pull { get; init; }
    public bool Triage { get; init; }
    public bool Push { get; init; }
    public bool Maintain { get; init; }
    public bool Admin { get; init; }
}

/// <summary>A repository as GitHub describes it.</summary>
/// <param name="FullName"><c>owner/name</c>, as it is now: an old name leads here.</param>
/// <param name="HtmlUrl">Its page.</param>
internal sealed record HostedRepository(string FullName, string HtmlUrl)
{
    /// <summary>Never to be guessed; null only inside other documents.</summary>
    public string? DefaultBranch { get; init; }
    public bool Private { get; init; }
    public bool Fork { get; init; }
    public bool Archived { get; init; }
    public string? CloneUrl { get; init; }
    public string? SshUrl { get; init; }

    /// <summary>What it was forked from.</summary>
    public HostedRepository? Parent { get; init; }

    /// <summary>Null without a token.</summary>
    public Permissions? Permissions { get; init; }

    /// <summary>Whether a branch can be pushed here; where not, it takes a fork.</summary>
    public bool CanPush => Permissions is { } may && (may.Push || may.Maintain || may.Admin);

    public bool Is(RepositoryName name) => RepositoryName.TryParse(FullName, out var own) && own == name;
}

internal sealed record NewFork(bool DefaultBranchOnly);
