namespace Concord.Tests.GitHub;

/// <summary>Somebody with a token.</summary>
/// <param name="Login">Its name.</param>
/// <param name="Token">What it sends; null for somebody who is only named.</param>
internal sealed record FakeAccount(string Login, string? Token)
{
    /// <summary>An app's token, such as that of an Actions run, has no user; what it writes is a bot's.</summary>
    public bool IsApp { get; init; }

    /// <summary>As for a pull request from a fork.</summary>
    public bool IsReadOnly { get; init; }

    public long Id { get; } = 1000 + (Login.Sum(c => c) * 7);
}

internal sealed class FakePull
{
    public required long Number { get; init; }
    public required FakeAccount Author { get; init; }
    public required FakeRepository Head { get; set; }
    public required string Branch { get; init; }
    public required string Into { get; set; }
    public required string Title { get; set; }
    public string? Body { get; set; }
    public bool Draft { get; init; }
    public bool MaintainerCanModify { get; set; }
    public string State { get; set; } = "open";
    public string? MergeCommit { get; set; }

    /// <summary>The head at the time of closing.</summary>
    public string? ClosedAt { get; set; }
    public List<FakeComment> Comments { get; } = [];
    public List<string> Labels { get; } = [];

    /// <summary>Path, status, and the blob's id.</summary>
    public List<(string Path, string Status)> Files { get; } = [];
}

internal sealed record FakeComment(long Id, FakeAccount Author)
{
    public required string Body { get; set; }
}

internal sealed record FakeStatus(string Sha, string Context, string State, string? Description, string? Target);

internal sealed class FakeAsset
{
    public required long Id { get; init; }
    public required string Name { get; init; }
    public required string Type { get; init; }
    public required byte[] Bytes { get; init; }
    public string State { get; set; } = "uploaded";

    /// <summary>Whether its sum is told, as of old files it is not.</summary>
    public bool HasDigest { get; set; } = true;
}

internal sealed class FakeRelease
{
    public required long Id { get; init; }
    public required string Tag { get; init; }
    public required string Target { get; init; }
    public string? Name { get; set; }
    public string? Body { get; set; }
    public bool Prerelease { get; set; }
    public bool Draft { get; init; }
    public List<FakeAsset> Assets { get; } = [];
}

internal sealed class FakeRun
{
    public required long Id { get; init; }
    public required FakeRepository Head { get; init; }
    public required string Branch { get; init; }
    public required string Sha { get; init; }
    public Dictionary<string, byte[]> Artifacts { get; } = [];
    public HashSet<string> Expired { get; } = [];
}

/// <summary>A repository of the fake: what GitHub keeps beside git. Where its branches point is told from outside, so that a real bare repository can stand behind it.</summary>
internal sealed class FakeRepository(long id, string fullName)
{
    public long Id => id;

    public string FullName { get; set; } = fullName;

    public string Owner => FullName.Split('/')[0];

    public string Name => FullName.Split('/')[1];

    public string DefaultBranch { get; set; } = "main";
    public bool IsPrivate { get; set; }
    public bool IsArchived { get; set; }
    public bool RefusesDrafts { get; set; }
    public bool HasIssues { get; set; } = true;

    /// <summary>How many looks a new fork is not there for.</summary>
    public int NotYet { get; set; }

    /// <summary>Who may push, beside its owner.</summary>
    public HashSet<string> Writers { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Who may see it where it is private, beside those who may push.</summary>
    public HashSet<string> Readers { get; } = new(StringComparer.OrdinalIgnoreCase);

    public FakeRepository? Parent { get; set; }

    /// <summary>Branches by name, where no real repository stands behind.</summary>
    public Dictionary<string, string> Branches { get; } = new() { ["main"] = new('1', 40) };

    /// <summary>Where a branch points, asked of a real repository, say; null where it has none, and then <see cref="Branches"/> counts.</summary>
    public Func<string, string?> Tip { get; set; } = _ => null;

    /// <summary>Called on a merge; gives the commit on the base.</summary>
    public Func<FakePull, string> Merge { get; set; } = pull => new('e', 40);

    public List<FakePull> Pulls { get; } = [];

    public Dictionary<string, (string Color, string? Description)> Labels { get; } = new(StringComparer.OrdinalIgnoreCase);
    public List<FakeStatus> Statuses { get; } = [];
    public List<FakeRelease> Releases { get; } = [];
    public List<FakeRun> Runs { get; } = [];

    public string? Sha(string branch) => Tip(branch) ?? Branches.GetValueOrDefault(branch);

    public bool CanPush(FakeAccount? account) =>
        account is not null
        && !account.IsReadOnly
        && (Owner.Equals(account.Login, StringComparison.OrdinalIgnoreCase) || Writers.Contains(account.Login));

    public bool CanSee(FakeAccount? account) =>
        !IsPrivate
        || account is { IsApp: true }
        || CanPush(account)
        || (account is not null && (Owner == account.Login || Readers.Contains(account.Login)));
}
