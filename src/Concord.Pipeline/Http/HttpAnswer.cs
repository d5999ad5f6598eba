using System.Net.Http.Headers;
using Concord.Core.Domain;

namespace Concord.Pipeline.Http;

/// <summary>Why there is no answer that could be read.</summary>
internal enum NoAnswer
{
    /// <summary>There is one.</summary>
    None,

    /// <summary>The host was not reached: nothing was done there.</summary>
    Unreachable,

    /// <summary>The connection was cut, or nothing came for too long.</summary>
    Cut,

    /// <summary>What came is not what was asked for.</summary>
    NotUnderstood,
}

/// <summary>What came back.</summary>
/// <param name="Status">HTTP's status; 0 where none came.</param>
/// <param name="Headers">Null where none came.</param>
/// <param name="Bytes">The body.</param>
internal sealed record HttpAnswer(int Status, HttpResponseHeaders? Headers, byte[] Bytes)
{
    public NoAnswer Missing { get; init; }

    /// <summary>Why it is missing, in words.</summary>
    public string Why { get; init; } = "";

    /// <summary>The media type of the body.</summary>
    public string? Type { get; init; }

    public bool IsSuccess => Missing == NoAnswer.None && Status is >= 200 and < 300;

    /// <summary>Whether it is unknown if what was asked was done: then look, before asking again.</summary>
    public bool IsDoubtful => Missing != NoAnswer.None || Status >= 500 || Status == 408;

    /// <summary>What a body is that cannot be read.</summary>
    public string Nature =>
        Bytes.Length == 0 ? "nothing"
        : Type is "application/json" ? "JSON of another kind"
        : PlainText.Of(Type ?? "bytes without a type");

    public static HttpAnswer None(NoAnswer missing, string why) => new(0, null, []) { Missing = missing, Why = why };

    public string? Header(string name) =>
        Headers is { } headers && headers.NonValidated.TryGetValues(name, out var values)
            ? values.FirstOrDefault()?.Trim()
            : null;
}
