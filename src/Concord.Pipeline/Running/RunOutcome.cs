using Concord.Core.Domain;
using Concord.Core.Domain.Runs;

namespace Concord.Pipeline.Running;

/// <summary>How it went with one output.</summary>
public enum OutcomeKind
{
    /// <summary>The output is there.</summary>
    Ok,

    /// <summary>The model answered, and there is nothing to grade.</summary>
    Failed,

    /// <summary>There is no reply, so the next run asks.</summary>
    NoReply,
}

/// <summary>What came of one output in a run.</summary>
/// <param name="Key">The output.</param>
/// <param name="Kind">How it went.</param>
/// <param name="Reason">A word to count failures by; empty where there is an output.</param>
/// <param name="Detail">What happened, for people; empty where there is an output.</param>
public sealed record RunOutcome(OutputKey Key, OutcomeKind Kind, string Reason, string Detail)
{
    /// <summary>The reason of an output that did not fit <c>--max-cost</c>.</summary>
    public const string OverMaxCost = "max-cost";

    /// <summary>How many files the output has.</summary>
    public int Files { get; init; }

    /// <summary>Whether the reply came from an earlier run.</summary>
    public bool IsCached { get; init; }

    public TokenUsage? Usage { get; init; }

    /// <summary>What this run paid for it in US dollars; null where not known.</summary>
    public double? Cost { get; init; }

    /// <summary>How long the reply took, whenever it was asked for; null without one.</summary>
    public double? Seconds { get; init; }
}

/// <summary>How far a run is.</summary>
/// <param name="Total">How many outputs it asks for.</param>
/// <param name="Outcomes">What has come of those that are through.</param>
/// <param name="InFlight">How many are being asked for.</param>
/// <param name="Cost">US dollars so far, as far as known.</param>
/// <param name="Left">How long the rest may take; null where nothing tells yet.</param>
/// <param name="Last">What came last.</param>
public sealed record RunProgress(
    int Total,
    IReadOnlyCollection<RunOutcome> Outcomes,
    int InFlight,
    double Cost,
    TimeSpan? Left,
    RunOutcome Last
);

/// <summary>One output that a run would ask for.</summary>
/// <param name="Planned">The output.</param>
/// <param name="IsCached">Whether its reply is there already.</param>
/// <param name="CostAtMost">An estimate on the high side in US dollars; null where the price is not known.</param>
public sealed record PlannedRequest(PlannedOutput Planned, bool IsCached, double? CostAtMost);

/// <summary>What a run was, once it is over.</summary>
/// <param name="RunId">Its id; null where nothing was to do, or nothing was to be done.</param>
/// <param name="Plan">Every output that it was about.</param>
/// <param name="Requests">Those that were to be asked for.</param>
/// <param name="Outcomes">What came of these, sorted; empty for a dry run.</param>
/// <param name="Cost">US dollars, as far as known.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Notes">What the user should know, one sentence each.</param>
public sealed record RunResult(
    string? RunId,
    IReadOnlyList<PlannedOutput> Plan,
    IReadOnlyList<PlannedRequest> Requests,
    IReadOnlyList<RunOutcome> Outcomes,
    double Cost,
    double Seconds,
    IReadOnlyList<string> Notes
)
{
    /// <summary>Which environment variables' keys are sent to which hosts; empty where nobody is asked.</summary>
    public IReadOnlyList<(string Variable, string Host)> Keys { get; init; } = [];
}
