using System.Text;
using Concord.Core.Domain;
using Concord.Pipeline.Http;
using Concord.Pipeline.Hub;

namespace Concord.Pipeline.Pushing;

/// <summary>
/// Brings a dataset folder onto the Hub in one commit. What is there by its contents is not sent, so that doing it again does
/// nothing, and what broke off goes on (src/decisions/0031-hub.md).
/// </summary>
/// <param name="options">What and where.</param>
public sealed class PushRun(PushOptions options)
{
    private const int LargestCard = 4 * 1024 * 1024;

    /// <summary>Pushes, or tells what would be pushed.</summary>
    /// <exception cref="ConcordException">The folder cannot be pushed, or the Hub refuses.</exception>
    public async Task<PushOutcome> RunAsync(CancellationToken cancellation)
    {
        var asked = PushRequest.Of(options);
        var endpoint = HubEndpoint.Of(options.Variable);
        var token = HubToken.Of(options.Variable, endpoint);
        var failure = new HubFailure(endpoint, token);
        // Whatever is told, nothing of it moves the cursor, and nothing is the token.
        var outcome = await new PushRun(options with { Say = line => options.Say(failure.Clean(line)) }).RunAsync(
            asked,
            endpoint,
            token,
            cancellation
        );
        return outcome with { Page = failure.Clean(outcome.Page) };
    }

    private async Task<PushOutcome> RunAsync(
        PushRequest asked,
        HubEndpoint endpoint,
        HubToken token,
        CancellationToken cancellation
    )
    {
        var files = await FolderToPush.ReadAsync(options.Folder, options.Say, cancellation);
        using var http = PlainHttp.New(options.Version.Split('+')[0]);
        var wire = new HubWire(http, endpoint, token, options.Time, options.Say);
        var hub = new HubDataset(wire, asked.Name);

        await CheckCardAsync(hub, files, cancellation);
        var found = await hub.FindAsync(cancellation);
        if (options.Private && found is { Private: false })
            throw new ConcordException(
                "hub-public",
                $"The dataset {asked.Name} is there, and everybody can see it: --private makes only new ones private.",
                $"Make it private at {hub.Page}/settings, or push without --private."
            );
        var isNew = found is null;
        if (found is null && !options.DryRun)
            (found, isNew) = await MakeAsync(hub, cancellation);
        var steps = new PushSteps(hub, new(wire, asked.Name, options.Say), asked, options, files);
        var outcome = await steps.RunAsync(found, cancellation);
        return outcome with { IsNew = isNew };
    }

    private async Task<(HostedDataset Dataset, bool IsNew)> MakeAsync(HubDataset hub, CancellationToken cancellation)
    {
        var isNew = await hub.CreateAsync(options.Private, cancellation);
        if (isNew)
            options.Say($"Made the {(options.Private ? "private " : "")}dataset {hub.Name}.");
        var found = await hub.FindAsync(cancellation);
        // Made by somebody in between, maybe for all to see.
        return found is null || (options.Private && found.Private == false)
            ? throw new ConcordException(
                "hub-not-found",
                $"The dataset {hub.Name} is there, but {(found is null ? "not shown to the token from HF_TOKEN" : "everybody can see it")}.",
                "Give the token the right to read and write it, or take another name."
            )
            : (found, isNew);
    }

    private async Task CheckCardAsync(HubDataset hub, IReadOnlyList<LocalFile> files, CancellationToken cancellation)
    {
        var card = files.Single(f => f.Path == FolderToPush.Card);
        if (card.Size > LargestCard)
            throw new ConcordException(
                "hub-card",
                $"The card has {card.Size} bytes, and {LargestCard} are read.",
                "Shorten it, or put what is large into files of their own.",
                card.Path
            );
        using var reader = new StreamReader(card.Open(), Encoding.UTF8);
        foreach (var warning in await hub.CheckCardAsync(await reader.ReadToEndAsync(cancellation), cancellation))
            options.Say($"{card.Path}: the Hub warns: {warning}");
    }
}
