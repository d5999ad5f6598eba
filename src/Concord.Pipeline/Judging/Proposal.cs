namespace Concord.Pipeline.Judging;

/// <summary>A pull request as the forge describes it.</summary>
/// <param name="Base">The commit that it is for.</param>
/// <param name="Head">Its last commit.</param>
public sealed record Proposal(string Base, string Head)
{
    /// <summary>The repository that it is for, as <c>owner/name</c>; null where nobody said.</summary>
    public string? Repository { get; init; }

    /// <summary>Its number there; null where nobody said.</summary>
    public long? Number { get; init; }

    /// <summary>The login of who opened it; null where nobody said, or the account is gone.</summary>
    public string? Author { get; init; }

    /// <summary>Whether its branch is one of the repository itself, where only maintainers push.</summary>
    public bool IsFromInside { get; init; }

    /// <summary>Whether it is said to be for another branch than the repository's default one.</summary>
    public bool IsForAnotherBranch { get; init; }

    /// <summary>Whether its author says that it is not finished.</summary>
    public bool IsDraft { get; init; }
}
