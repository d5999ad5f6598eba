using System.Globalization;
using System.Text.Json;
using Concord.Core.Domain;
using Concord.Pipeline.Http;

namespace Concord.Pipeline.Hub;

/// <summary>One dataset on the Hub, as far as pushing needs it.</summary>
internal sealed class HubDataset(HubWire wire, DatasetName name)
{
    /// <summary>The branch that every dataset has.</summary>
    public const string Main = "main";

    private const int BatchSize = 256;
    private const int CreationLooks = 5;
    private const int DiscussionPages = 5;
    private const int MostReasons = 10;

    private readonly string _api = $"api/datasets/{name}";

    public DatasetName Name => name;

    /// <summary>How many pages a list of files may have.</summary>
    public int MostPages { get; init; } = 1_000;

    /// <summary>How many entries a list of files may have.</summary>
    public int MostFiles { get; init; } = 1_000_000;

    /// <summary>Waits, as between two looks at something that others change.</summary>
    public Task WaitAsync(TimeSpan wait, CancellationToken cancellation) => wire.WaitAsync(wait, cancellation);

    /// <summary>Its page.</summary>
    public string Page => $"{wire.Endpoint.Url}/datasets/{name}";

    /// <summary>The dataset.</summary>
    /// <returns>Null where there is none, or none that is shown.</returns>
    public async Task<HostedDataset?> FindAsync(CancellationToken cancellation)
    {
        var request = new HubRequest(HttpMethod.Get, _api, $"read the dataset {name}");
        var (found, answer) = await wire.TryAsync(
            request,
            a => HubJson.Read(a.Bytes, HubJson.Default.HostedDataset),
            cancellation
        );
        // Some Hubs say 401 of what is not there.
        return found
            ?? (
                answer.Status == 404 || (answer.Status == 401 && HubError.Code(answer) == HubError.NoDataset)
                    ? null
                    : throw wire.Failure.Of(request, answer)
            );
    }

    /// <summary>Makes it.</summary>
    /// <returns>False where it was there already.</returns>
    public async Task<bool> CreateAsync(bool isPrivate, CancellationToken cancellation)
    {
        var request = new HubRequest(HttpMethod.Post, "api/repos/create", $"make the dataset {name}")
        {
            Content = HubJson.Content(
                new(name.Name, name.Owner, "dataset") { Visibility = isPrivate ? "private" : null },
                HubJson.Default.NewDataset
            ),
        };
        for (var look = 1; ; look++)
        {
            var answer = await wire.AskAsync(request, cancellation);
            if (answer.IsSuccess)
                return true;
            if (answer.Status != 409)
                throw wire.Failure.Of(request, answer);
            // The Hub makes one at a time for an owner.
            if (!HubError.Words(answer).Contains("conflicting operation", StringComparison.OrdinalIgnoreCase))
                return false;
            if (look == CreationLooks)
                throw wire.Failure.Of(request, answer);
            await wire.WaitAsync(TimeSpan.FromSeconds(Math.Pow(2, look - 1)), cancellation);
        }
    }

    /// <summary>The commit that a branch is at.</summary>
    /// <returns>Null where there is no such branch, or nothing on it.</returns>
    public async Task<string?> HeadAsync(string revision, CancellationToken cancellation)
    {
        var request = new HubRequest(HttpMethod.Get, $"{_api}/revision/{Escaped(revision)}", $"read {revision} of {name}");
        var (found, answer) = await wire.TryAsync(
            request,
            a => HubJson.Read(a.Bytes, HubJson.Default.HostedDataset),
            cancellation
        );
        return found is null && answer.Status != 404 ? throw wire.Failure.Of(request, answer) : found?.Sha;
    }

    /// <summary>Makes a branch; one that is there stays.</summary>
    public async Task BranchAsync(string branch, string from, CancellationToken cancellation)
    {
        var request = new HubRequest(HttpMethod.Post, $"{_api}/branch/{Escaped(branch)}", $"make the branch {branch} of {name}")
        {
            Content = HubJson.Content(new(from), HubJson.Default.NewBranch),
        };
        var answer = await wire.AskAsync(request, cancellation);
        if (!answer.IsSuccess && answer.Status != 409)
            throw wire.Failure.Of(request, answer);
    }

    /// <summary>The files of a commit by their paths.</summary>
    /// <exception cref="ConcordException">They cannot be listed, or are more than are held in memory.</exception>
    public async Task<IReadOnlyDictionary<string, HostedFile>> FilesAsync(string commit, CancellationToken cancellation)
    {
        var files = new Dictionary<string, HostedFile>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var address = $"{_api}/tree/{Escaped(commit)}?recursive=true";
        var doing = $"list the files of {name}";
        var entries = 0L;
        while (true)
        {
            if (!seen.Add(address))
                throw wire.Failure.NotAsAgreed(doing, "pages that lead in a circle");
            if (seen.Count > MostPages)
                throw TooMany($"{MostPages} pages of files");
            var request = new HubRequest(HttpMethod.Get, address, doing);
            var (page, answer) = await wire.TryAsync(
                request,
                a => HubJson.Read(a.Bytes, HubJson.Default.HostedFileArray),
                cancellation
            );
            // A commit without files has no tree to list.
            if (page is null && (answer.Status != 404 || seen.Count > 1 || HubError.Code(answer) == HubError.NoDataset))
                throw wire.Failure.Of(request, answer);
            entries += page?.Length ?? 0;
            if (entries > MostFiles)
                throw TooMany($"{MostFiles} files");
            foreach (var file in (page ?? []).OfType<HostedFile>().Where(f => f.IsFile))
                files[file.Path] = file;
            if (NextPage.Of(answer.Header("link")) is not { } next)
                return files;
            address = next;
        }
    }

    private ConcordException TooMany(string what) =>
        new(
            "hub-too-large",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{wire.Endpoint.Asked} lists more than {what} of {name}, and no more are compared."
            ),
            "Push to another dataset, or remove what nobody needs there."
        );

    /// <summary>Asks whether the Hub takes a README.md.</summary>
    /// <returns>What it warns of.</returns>
    /// <exception cref="ConcordException">It does not take it.</exception>
    public async Task<IReadOnlyList<string>> CheckCardAsync(string card, CancellationToken cancellation)
    {
        var request = new HubRequest(HttpMethod.Post, "api/validate-yaml", "have the README.md checked")
        {
            Content = HubJson.Content(new(card, "dataset"), HubJson.Default.CardCheck),
        };
        var answer = await wire.AskAsync(request, cancellation);
        CardVerdict verdict;
        try
        {
            verdict =
                answer.IsSuccess || answer.Status == 400 ? HubJson.Read(answer.Bytes, HubJson.Default.CardVerdict)
                // Not every Hub checks cards.
                : answer.Status == 404 ? new()
                : throw wire.Failure.Of(request, answer);
        }
        catch (JsonException)
        {
            throw wire.Failure.Of(request, answer with { Missing = NoAnswer.NotUnderstood, Why = answer.Nature });
        }
        return !verdict.Errors.OfType<CardRemark>().Any()
            ? [.. verdict.Warnings.OfType<CardRemark>().Take(MostReasons).Select(w => wire.Failure.Clean(w.Message))]
            : throw new ConcordException(
                [
                    .. verdict
                        .Errors.OfType<CardRemark>()
                        .Take(MostReasons)
                        .Select(e => new Problem(
                            Severity.Error,
                            "hub-card",
                            "README.md",
                            null,
                            null,
                            $"The card is not taken by {wire.Endpoint.Asked}: {wire.Failure.Clean(e.Message).TrimEnd('.')}.",
                            "Mend what stands between the lines '---' at its beginning."
                        )),
                ]
            );
    }

    /// <summary>How the Hub would keep files: these, and no others that it speaks of.</summary>
    public async Task<IReadOnlyDictionary<string, PreuploadMode>> ModesAsync(
        IReadOnlyList<LocalFile> files,
        string revision,
        bool asPullRequest,
        CancellationToken cancellation
    )
    {
        var modes = new Dictionary<string, PreuploadMode>(StringComparer.Ordinal);
        var doing = $"ask how {name} keeps the files";
        foreach (var batch in files.Chunk(BatchSize))
        {
            var answer = await wire.SendAsync(
                new(HttpMethod.Post, $"{_api}/preupload/{Escaped(revision)}{Query(asPullRequest)}", doing)
                {
                    Content = HubJson.Content(
                        new([.. batch.Select(f => new PreuploadFile(f.Path, f.Sample, f.Size))]),
                        HubJson.Default.PreuploadRequest
                    ),
                },
                HubJson.Default.PreuploadAnswer,
                cancellation
            );
            var asked = batch.Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
            foreach (var mode in answer.Files.OfType<PreuploadMode>().Where(m => asked.Contains(m.Path)))
                modes[mode.Path] = mode;
        }
        return files.All(f => modes.TryGetValue(f.Path, out var mode) && mode.UploadMode is "lfs" or "regular")
            ? modes
            : throw wire.Failure.NotAsAgreed(doing, "not every file is in it");
    }

    /// <summary>Makes a commit, once: a lost answer is for whoever asked to look after.</summary>
    /// <returns>The commit, or null and the answer that is none.</returns>
    public Task<(CommitAnswer? Commit, HttpAnswer Answer)> CommitAsync(
        NewCommit commit,
        string revision,
        bool asPullRequest,
        CancellationToken cancellation
    ) =>
        wire.TryAsync(
            Committing(revision, asPullRequest) with
            {
                Content = alive => new CommitContent(commit, alive),
            },
            a => HubJson.Read(a.Bytes, HubJson.Default.CommitAnswer),
            cancellation
        );

    /// <summary>Why there is no commit.</summary>
    public ConcordException NotCommitted(string revision, bool asPullRequest, HttpAnswer answer) =>
        wire.Failure.Of(Committing(revision, asPullRequest), answer);

    /// <summary>The commit of a tag.</summary>
    /// <returns>Null where there is no such tag.</returns>
    public async Task<string?> TaggedAsync(string tag, CancellationToken cancellation)
    {
        var refs = await wire.SendAsync(
            new(HttpMethod.Get, $"{_api}/refs", $"list the tags of {name}"),
            HubJson.Default.RefList,
            cancellation
        );
        return refs.Tags.OfType<NamedRef>().FirstOrDefault(t => t.Name == tag)?.TargetCommit;
    }

    /// <summary>Tags a commit.</summary>
    /// <returns>False where there is a tag of that name already.</returns>
    public async Task<bool> TagAsync(string tag, string commit, CancellationToken cancellation)
    {
        var request = new HubRequest(HttpMethod.Post, $"{_api}/tag/{Escaped(commit)}", $"tag {name} with {tag}")
        {
            Content = HubJson.Content(new(tag), HubJson.Default.NewTag),
        };
        var answer = await wire.AskAsync(request, cancellation);
        return answer.IsSuccess || (answer.Status == 409 ? false : throw wire.Failure.Of(request, answer));
    }

    /// <summary>The numbers of the open pull requests of a title, the newest first.</summary>
    public async Task<IReadOnlyList<int>> PullRequestsAsync(string title, CancellationToken cancellation)
    {
        var numbers = new List<int>();
        for (var page = 0; page < DiscussionPages; page++)
        {
            var request = new HubRequest(
                HttpMethod.Get,
                $"{_api}/discussions?p={page}&type=pull_request&status=open",
                $"list the pull requests of {name}"
            );
            var (found, answer) = await wire.TryAsync(
                request,
                a => HubJson.Read(a.Bytes, HubJson.Default.DiscussionPage),
                cancellation
            );
            // Where they are switched off, the commit will say so.
            if (found is null)
                return answer.Status is 403 or 404 ? [] : throw wire.Failure.Of(request, answer);
            numbers.AddRange(
                found
                    .Discussions.OfType<Discussion>()
                    .Where(d => d.IsPullRequest && d.Status is null or "open" && d.Title == title)
                    .Select(d => d.Num)
            );
            if (found.Discussions.Count == 0 || found.Start + found.Discussions.Count >= found.Count)
                break;
        }
        return numbers;
    }

    /// <summary>Where a pull request's commit is.</summary>
    public static string RefOf(int pullRequest) => $"refs/pr/{pullRequest}";

    /// <summary>An address that the Hub gave, where it is the Hub's own; else one that is made here.</summary>
    public string PageOf(string? given, string made) =>
        Uri.TryCreate(given, UriKind.Absolute, out var address) && wire.Endpoint.Owns(address)
            ? wire.Failure.Clean(address.AbsoluteUri)
            : $"{Page}/{wire.Failure.Clean(made)}";

    private HubRequest Committing(string revision, bool asPullRequest) =>
        new(
            HttpMethod.Post,
            $"{_api}/commit/{Escaped(revision)}{Query(asPullRequest)}",
            asPullRequest ? $"open a pull request for {name}" : $"commit to {revision} of {name}"
        )
        {
            IsOnce = true,
            Patience = TimeSpan.FromMinutes(5),
        };

    private static string Query(bool asPullRequest) => asPullRequest ? "?create_pr=1" : "";

    private static string Escaped(string revision) => Uri.EscapeDataString(revision);
}
