using Concord.Core.Domain;
using Concord.Pipeline.Http;

namespace Concord.Pipeline.Models;

/// <summary>Tells from an answer why it is no reply, and whether to ask again.</summary>
internal static class ResponseFailure
{
    /// <summary>An answer whose HTTP status is an error's.</summary>
    /// <param name="protocol">The API.</param>
    /// <param name="provider">Who answered.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="error">What the body says.</param>
    /// <param name="headers">What the headers say of asking again.</param>
    public static ModelFailure Of(ModelProtocol protocol, Provider provider, int status, ErrorBody error, RetryHeaders headers)
    {
        var kind =
            status == 429 && protocol.IsSpendingLimit(error, headers.After) ? FailureKind.OutOfQuota : KindOf(status, error);
        var (canRetry, scope) = kind switch
        {
            // OpenRouter: credit that requests in flight have reserved comes back.
            FailureKind.OutOfQuota => (status == 402 && headers.After is not null, FailureScope.Provider),
            FailureKind.KeyRefused => (headers.Should ?? false, FailureScope.Provider),
            FailureKind.NotFound => (headers.Should ?? false, FailureScope.Model),
            _ => (headers.Should ?? IsTemporary(status), FailureScope.Request),
        };
        var failure = new ModelFailure(kind, Said(provider, status, error), Mend(kind, provider), canRetry)
        {
            RetryAfter = headers.After,
            Scope = canRetry ? FailureScope.Request : scope,
        };
        if (headers.After is not { } wait || wait <= protocol.LongestWait)
            return failure;
        return protocol.GivesUpOnLongWaits && failure.CanRetry
            ? failure with
            {
                CanRetry = false,
                What = $"{failure.What} It asks to wait {Math.Ceiling(wait.TotalSeconds)} seconds.",
            }
            : failure with
            {
                RetryAfter = null,
            };
    }

    /// <summary>An error under HTTP 200: in the body, or after the reply began.</summary>
    public static ModelFailure InReply(ErrorBody error, long received)
    {
        var status = error.Status ?? StatusOf(error);
        var kind = KindOf(status, error);
        return new(kind, $"The reply broke off with an error{Words(error)}.", Mend(kind, null), IsTemporary(status))
        {
            Received = received,
            Scope = kind == FailureKind.OutOfQuota ? FailureScope.Provider : FailureScope.Request,
        };
    }

    public static ModelFailure NotUnderstood(string why, long received) =>
        new(
            FailureKind.NotUnderstood,
            $"The answer is not what the API promises: {why}.",
            "Check 'base_url' and 'api' of the provider; a proxy may have answered instead.",
            CanRetry: true
        )
        {
            Received = received,
        };

    private static bool IsTemporary(int status) => status is 408 or 409 or 429 or >= 500;

    // A word where there is no number; what is not known is taken for trouble at the provider.
    private static int StatusOf(ErrorBody error) =>
        (error.Code ?? error.Type) switch
        {
            "insufficient_quota" or "billing_error" => 402,
            "invalid_api_key" or "authentication_error" => 401,
            "permission_error" => 403,
            "model_not_found" or "not_found_error" => 404,
            "context_length_exceeded" or "invalid_request_error" => 400,
            "request_too_large" => 413,
            "rate_limit_exceeded" or "rate_limit_error" => 429,
            "overloaded_error" => 529,
            "timeout_error" => 504,
            _ => error.Type == "insufficient_quota" ? 402 : 500,
        };

    private static FailureKind KindOf(int status, ErrorBody error) =>
        status switch
        {
            _ when error.Code == "insufficient_quota" || error.Type == "insufficient_quota" => FailureKind.OutOfQuota,
            _ when error.Code == "context_length_exceeded" => FailureKind.TooLarge,
            >= 300 and < 400 => FailureKind.Redirected,
            401 => FailureKind.KeyRefused,
            402 => FailureKind.OutOfQuota,
            403 => FailureKind.Forbidden,
            404 => FailureKind.NotFound,
            408 or 504 or 524 => FailureKind.TimedOut,
            413 => FailureKind.TooLarge,
            429 => FailureKind.RateLimited,
            503 or 529 => FailureKind.Overloaded,
            >= 500 => FailureKind.ServerError,
            409 => FailureKind.ServerError,
            _ => FailureKind.BadRequest,
        };

    private static string Said(Provider provider, int status, ErrorBody error) =>
        $"'{provider.Id}' answered {status}{Words(error)}.";

    private static string Words(ErrorBody error)
    {
        var name = error.Code is { } code && !int.TryParse(code, out _) ? code : error.Type;
        var message = PlainText.Of(error.Message).TrimEnd('.', ' ');
        return (name, message) switch
        {
            (null, "") => "",
            (null, _) => $": {message}",
            (_, "") => $" ({name})",
            _ => $" ({name}): {message}",
        };
    }

    private static string Mend(FailureKind kind, Provider? provider) =>
        kind switch
        {
            FailureKind.RateLimited => "Run the command again later, or with a lower --concurrency; what is done stays done.",
            FailureKind.OutOfQuota => "Add credit or raise the limit at the provider, then run the command again.",
            FailureKind.KeyRefused => provider?.KeyEnvironment is { } name
                ? $"Check the key in {name}."
                : "Name the environment variable of the key as 'key_env' of the provider.",
            FailureKind.Forbidden => "Check what the key may do at the provider, and what the prompt holds.",
            FailureKind.NotFound => "Check 'model' of the model and 'base_url' of the provider in benchmark.yaml.",
            FailureKind.BadRequest => "Check the model's parameters in benchmark.yaml.",
            FailureKind.TooLarge =>
                "Shorten the prompt or the starter files, lower 'max_tokens', or take a model with a larger context.",
            FailureKind.Redirected => "Write the address that it leads to as 'base_url'; a key is sent nowhere else.",
            _ => "Run the command again later; what is done stays done.",
        };
}
