using System.Net.Http.Headers;

namespace Concord.Pipeline.GitHub;

/// <summary>Why there is no answer that could be read.</summary>
internal enum NoAnswer
{
    /// <summary>There is one.</summary>
    None,

    /// <summary>The host was not reached: nothing was done there.</summary>
    Unreachable,

    /// <summary>The connection was cut, or nothing came for too long.</summary>
    Cut,

    /// <summary>What came is not GitHub's.</summary>
    NotUnderstood,
}

/// <summary>What came back.</summary>
/// <param name="Status">HTTP's status; 0 where none came.</param>
/// <param name="Headers">Null where none came.</param>
/// <param name="Bytes">The body.</param>
internal sealed record GitHubAnswer(int Status, HttpResponseHeaders? Headers, byte[] Bytes)
{
    public NoAnswer Missing { get; init; }

    /// <summary>Why it is missing, in words.</summary>
    public string Why { get; init; } = "";

    /// <summary>The media type of the body.</summary>
    public string? Type { get; init; }

    public bool IsSuccess => Missing == NoAnswer.None && Status is >= 200 and < 300;

    /// <summary>Whether it is unknown if GitHub did what was asked: then look, before asking again.</summary>
    public bool IsDoubtful => Missing != NoAnswer.None || Status >= 500 || Status == 408;

    /// <summary>What a refusal says.</summary>
    public GitHubError Error => GitHubError.Of(Bytes);

    public static GitHubAnswer None(NoAnswer missing, string why) => new(0, null, []) { Missing = missing, Why = why };

    public string? Header(string name) =>
        Headers is { } headers && headers.NonValidated.TryGetValues(name, out var values)
            ? values.FirstOrDefault()?.Trim()
            : null;
}
