using System.Collections.Concurrent;
using Concord.Core.Domain;
using Concord.Core.Domain.Runs;
using Concord.Pipeline.Models;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Running;

/// <summary>Asks for outputs, several at a time, and writes each as it comes.</summary>
internal sealed class RunWork(
    string root,
    string runId,
    RunOptions options,
    ModelClient client,
    ReplyCache cache,
    OutputSet outputs,
    IReadOnlyDictionary<string, string> keys,
    TimeProvider time
)
{
    // So many failures of a model one after the other, each after all its attempts, and the rest is not tried.
    private const int MostInARow = 5;

    private readonly SpendLimit _spend = new(options.MaxCost);
    private readonly ConcurrentDictionary<string, ModelFailure> _closed = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _inARow = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<RunOutcome> _outcomes = [];
    private readonly Lock _reporting = new();
    private readonly long _started = time.GetTimestamp();
    private int _inFlight;

    public double Cost => _spend.Spent;

    /// <summary>What has come so far, sorted.</summary>
    public IReadOnlyList<RunOutcome> Outcomes => [.. _outcomes.OrderBy(o => o.Key)];

    public Task RunAsync(IReadOnlyList<ModelQuestion> questions, Action<RunProgress> report, CancellationToken cancellation) =>
        Parallel.ForEachAsync(
            questions,
            new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency, CancellationToken = cancellation },
            async (question, token) =>
            {
                var outcome = await OneAsync(question, token);
                lock (_reporting)
                {
                    _outcomes.Add(outcome);
                    report(Progress(questions.Count, outcome));
                }
            }
        );

    private async Task<RunOutcome> OneAsync(ModelQuestion question, CancellationToken cancellation)
    {
        if (options.UseCache && cache.Find(question.Digest) is { } kept)
            return await WriteAsync(question, kept, 0, isCached: true, cancellation);
        if (options.CachedOnly)
            return NoReply(question, "not-cached", "Its reply is not in the cache. Leave out --cached-only to ask for it.");
        if (Closed(question) is { } closed)
            return NoReply(question, Names.Of(closed.Kind), closed.ToString());
        var reserved = question.CostAtMost ?? 0;
        if (!await _spend.ReserveAsync(reserved, cancellation))
            return NoReply(
                question,
                RunOutcome.OverMaxCost,
                $"It may cost up to ${NumberText.Of(Math.Round(reserved, 6))}, which does not fit --max-cost any more."
            );
        var paid = 0.0;
        Interlocked.Increment(ref _inFlight);
        ModelReply reply;
        try
        {
            // Another one may have found out while this one waited.
            if (Closed(question) is { } since)
                return NoReply(question, Names.Of(since.Kind), since.ToString());
            reply = await client.AskAsync(
                question.Request,
                KeyOf(question.Request.Provider),
                question.Seed,
                failure => _spend.Charge(question.CostOf(failure.Received)) && Closed(question) is null,
                cancellation
            );
            paid = reply.Usage?.Cost(question.Planned.Model.Price) ?? question.CostOf(reply.Text.Length);
            // Before anything else can go wrong with a reply that is paid for.
            cache.Keep(question.Digest, reply);
        }
        catch (ModelException e) when (e.Failure.Kind == FailureKind.TooLong)
        {
            return await WriteAsync(
                question,
                new("", ReplyEnd.Refusal, e.Failure.What, null) { StartedAt = time.GetUtcNow() },
                null,
                isCached: false,
                cancellation,
                e.Failure
            );
        }
        catch (ModelException e)
        {
            Close(question, e.Failure);
            return NoReply(question, Names.Of(e.Failure.Kind), e.Failure.ToString());
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
            _spend.Settle(reserved, paid);
        }
        _inARow[question.Planned.Model.Id.Value] = 0;
        return await WriteAsync(question, reply, reply.Usage?.Cost(question.Planned.Model.Price), isCached: false, cancellation);
    }

    private async Task<RunOutcome> WriteAsync(
        ModelQuestion question,
        ModelReply reply,
        double? cost,
        bool isCached,
        CancellationToken cancellation,
        ModelFailure? instead = null
    )
    {
        var documents = OutputDocuments.Of(runId, question, reply, instead);
        var key = question.Planned.Key;
        var written = await outputs.WriteAsync(key, documents.Files, () => MayReplace(question, documents), cancellation);
        var kept = documents.Failure is not null && !written;
        return new(
            key,
            documents.Failure is null ? OutcomeKind.Ok : OutcomeKind.Failed,
            documents.Reason,
            kept ? $"{documents.Failure} The output that is there stays." : documents.Failure ?? ""
        )
        {
            Files = documents.Answer,
            IsCached = isCached,
            Usage = reply.Usage,
            Cost = cost,
            Seconds = reply.Seconds,
        };
    }

    // Another run may have written it meanwhile; and a failure never takes the place of an output.
    private bool MayReplace(ModelQuestion question, OutputDocuments documents)
    {
        using var tree = new WorkTree(root);
        var known = OutputRecord.Read(tree, question.Planned.Key)?.Known;
        return RunPlan.State(known, question.Planned.Challenge.Digest) switch
        {
            OutputState.Missing => true,
            OutputState.Outdated => documents.Failure is null || known!.Failure is not null,
            _ => false,
        };
    }

    private void Close(ModelQuestion question, ModelFailure failure)
    {
        var model = question.Planned.Model.Id.Value;
        if (failure.Scope == FailureScope.Provider)
            _closed.TryAdd(ProviderKey(question), failure);
        else if (failure.Scope == FailureScope.Model)
            _closed.TryAdd(ModelKey(question), failure);
        else if (_inARow.AddOrUpdate(model, 1, (_, n) => n + 1) >= MostInARow)
            _closed.TryAdd(
                ModelKey(question),
                failure with
                {
                    What = $"{MostInARow} outputs in a row got no reply, the last because: {failure.What}",
                }
            );
    }

    private ModelFailure? Closed(ModelQuestion question) =>
        _closed.GetValueOrDefault(ProviderKey(question)) ?? _closed.GetValueOrDefault(ModelKey(question));

    private static string ProviderKey(ModelQuestion question) => $"provider {question.Request.Provider.Id}";

    private static string ModelKey(ModelQuestion question) => $"model {question.Planned.Model.Id}";

    private string? KeyOf(Provider provider) => keys.GetValueOrDefault(provider.Id);

    private static RunOutcome NoReply(ModelQuestion question, string reason, string detail) =>
        new(question.Planned.Key, OutcomeKind.NoReply, reason, detail);

    private RunProgress Progress(int total, RunOutcome last)
    {
        // What came from the cache says nothing of how long the rest takes.
        var asked = _outcomes.Count(o => o is { IsCached: false, Kind: not OutcomeKind.NoReply });
        var left = total - _outcomes.Count;
        return new(
            total,
            _outcomes,
            Volatile.Read(ref _inFlight),
            Cost,
            asked == 0 ? null : time.GetElapsedTime(_started) / asked * left,
            last
        );
    }
}
