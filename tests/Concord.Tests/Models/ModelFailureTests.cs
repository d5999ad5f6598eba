using System.Globalization;
using System.Text.Json;
using Concord.Core.Domain;
using Concord.Pipeline.Http;
using Concord.Pipeline.Models;
using Concord.Tests.Support;

namespace Concord.Tests.Models;

public sealed class ModelFailureTests
{
    private const string Quota =
        """{"error":{"message":"You exceeded your current quota, please check your plan and billing details.","type":"insufficient_quota","param":null,"code":"insufficient_quota"}}""";

    private const string Rate =
        """{"error":{"message":"Rate limit reached for requests","type":"requests","param":null,"code":"rate_limit_exceeded"}}""";

    public static TheoryData<Vendor, int, string, string, int, string, string> Answers =>
        new()
        {
            {
                Vendor.OpenAi,
                401,
                """{"error":{"message":"Incorrect API key provided: sk-****.","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}""",
                "",
                1,
                "key-refused",
                "'fake' answered 401 (invalid_api_key): Incorrect API key provided: sk-****."
            },
            {
                Vendor.OpenAi,
                404,
                """{"error":{"message":"The model `nope` does not exist.","type":"invalid_request_error","param":null,"code":"model_not_found"}}""",
                "",
                1,
                "not-found",
                "'fake' answered 404 (model_not_found): The model `nope` does not exist."
            },
            {
                Vendor.OpenAi,
                400,
                """{"error":{"message":"This model's maximum context length is 8192 tokens.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}""",
                "",
                1,
                "too-large",
                "'fake' answered 400 (context_length_exceeded): This model's maximum context length is 8192 tokens."
            },
            {
                Vendor.OpenAi,
                429,
                Rate,
                "",
                6,
                "rate-limited",
                "'fake' answered 429 (rate_limit_exceeded): Rate limit reached for requests. That was attempt 6."
            },
            { Vendor.OpenAi, 429, Rate, "x-should-retry: false", 1, "rate-limited", "Rate limit reached" },
            {
                Vendor.OpenAi,
                429,
                Quota,
                "",
                1,
                "out-of-quota",
                "'fake' answered 429 (insufficient_quota): You exceeded your current quota, please check your plan and billing details."
            },
            { Vendor.OpenAi, 429, Quota, "x-should-retry: true", 1, "out-of-quota", "You exceeded your current quota" },
            {
                Vendor.OpenAi,
                500,
                """{"error":{"message":"The server had an error.","type":"server_error","param":null,"code":null}}""",
                "",
                6,
                "server-error",
                "'fake' answered 500 (server_error): The server had an error. That was attempt 6."
            },
            {
                Vendor.OpenAi,
                503,
                """{"error":{"message":"The engine is currently overloaded","type":"server_error","param":null,"code":null}}""",
                "",
                6,
                "overloaded",
                "The engine is currently overloaded"
            },
            { Vendor.OpenAi, 409, "", "", 6, "server-error", "'fake' answered 409." },
            {
                Vendor.OpenAi,
                502,
                "<html>Bad gateway</html>",
                "",
                6,
                "server-error",
                "'fake' answered 502: <html>Bad gateway</html>."
            },
            {
                Vendor.OpenAi,
                302,
                "",
                "location: https://elsewhere.example/v1",
                1,
                "redirected",
                "'fake' answered 302: It leads to https://elsewhere.example/v1."
            },
            {
                Vendor.OpenRouter,
                402,
                """{"error":{"code":402,"message":"Insufficient credits."}}""",
                "",
                1,
                "out-of-quota",
                "'fake' answered 402: Insufficient credits."
            },
            {
                Vendor.OpenRouter,
                402,
                """{"error":{"code":402,"message":"Insufficient credits."}}""",
                "retry-after: 3",
                6,
                "out-of-quota",
                "Insufficient credits."
            },
            {
                Vendor.OpenRouter,
                403,
                """{"error":{"code":403,"message":"Request blocked: prompt injection patterns detected","metadata":{"patterns":["x"]}}}""",
                "",
                1,
                "forbidden",
                "'fake' answered 403: Request blocked: prompt injection patterns detected."
            },
            {
                Vendor.OpenRouter,
                429,
                """{"error":{"code":429,"message":"Provider returned error","metadata":{"raw":"rate limited upstream","provider_name":"SomeProvider"}},"user_id":"user_x"}""",
                "retry-after: 10",
                6,
                "rate-limited",
                "'fake' answered 429: Provider returned error (SomeProvider: rate limited upstream)."
            },
            {
                Vendor.OpenRouter,
                503,
                """{"error":{"code":503,"message":"No available model provider meets your routing requirements"}}""",
                "retry-after: 5",
                6,
                "overloaded",
                "No available model provider"
            },
            {
                Vendor.OpenRouter,
                529,
                """{"error":{"code":529,"message":"Provider returned error"}}""",
                "",
                6,
                "overloaded",
                "'fake' answered 529: Provider returned error."
            },
            {
                Vendor.OpenRouter,
                413,
                """{"error":{"code":413,"message":"Request payload too large"}}""",
                "",
                1,
                "too-large",
                "Request payload too large"
            },
            {
                Vendor.OpenRouter,
                422,
                """{"error":{"code":422,"message":"Invalid argument"}}""",
                "",
                1,
                "bad-request",
                "'fake' answered 422: Invalid argument."
            },
            {
                Vendor.Anthropic,
                429,
                """{"type":"error","error":{"type":"rate_limit_error","message":"This request would exceed your rate limit"},"request_id":"req_011"}""",
                "retry-after: 12",
                6,
                "rate-limited",
                "'fake' answered 429 (rate_limit_error): This request would exceed your rate limit."
            },
            {
                Vendor.Anthropic,
                429,
                """{"type":"error","error":{"type":"rate_limit_error","message":"Spend limit reached"},"request_id":"req_011"}""",
                "",
                1,
                "out-of-quota",
                "'fake' answered 429 (rate_limit_error): Spend limit reached."
            },
            {
                Vendor.Anthropic,
                402,
                """{"type":"error","error":{"type":"billing_error","message":"billing issue"},"request_id":"req_011"}""",
                "",
                1,
                "out-of-quota",
                "billing issue"
            },
            {
                Vendor.Anthropic,
                401,
                """{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"},"request_id":"req_011"}""",
                "",
                1,
                "key-refused",
                "'fake' answered 401 (authentication_error): invalid x-api-key."
            },
            {
                Vendor.Anthropic,
                529,
                """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_011"}""",
                "",
                6,
                "overloaded",
                "'fake' answered 529 (overloaded_error): Overloaded."
            },
            {
                Vendor.Anthropic,
                504,
                """{"type":"error","error":{"type":"timeout_error","message":"The request timed out"},"request_id":"req_011"}""",
                "",
                6,
                "timed-out",
                "The request timed out"
            },
            {
                Vendor.Ollama,
                500,
                """{"error":"the model failed to generate a response"}""",
                "",
                6,
                "server-error",
                "'fake' answered 500: the model failed to generate a response."
            },
            {
                Vendor.VLlm,
                404,
                """{"error":{"message":"The model `x` does not exist.","type":"NotFoundError","param":null,"code":404}}""",
                "",
                1,
                "not-found",
                "'fake' answered 404 (NotFoundError): The model `x` does not exist."
            },
            {
                Vendor.VLlm,
                404,
                """{"object":"error","message":"The model `x` does not exist.","type":"NotFoundError","param":null,"code":404}""",
                "",
                1,
                "not-found",
                "'fake' answered 404 (NotFoundError): The model `x` does not exist."
            },
        };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task An_error_is_told_in_the_vendors_words_and_tried_again_where_that_helps(
        Vendor vendor,
        int status,
        string body,
        string header,
        int attempts,
        string kind,
        string what
    )
    {
        await using var server = await FakeModelServer.StartAsync(vendor);
        var headers = header.Split(": ", StringSplitOptions.RemoveEmptyEntries);
        server.Answer = _ => FakeAnswer.Error(status, body, headers.Length == 2 ? [(headers[0], headers[1])] : []);

        var failure = await new Asking().FailAsync(server);

        Assert.Equal((attempts, kind), (server.Requests, Names.Of(failure.Kind)));
        Assert.StartsWith(what.StartsWith('\'') ? what : "", failure.What, StringComparison.Ordinal);
        Assert.Contains(what, failure.What, StringComparison.Ordinal);
        Assert.NotEmpty(failure.Mend);
    }

    [Theory]
    [InlineData("retry-after-ms", "1500", 1.5)]
    [InlineData("retry-after", "2", 2)]
    [InlineData("retry-after", "0.25", 0.25)]
    [InlineData("retry-after", "date", 30)]
    public async Task A_wait_that_is_asked_for_is_kept(string header, string value, double seconds)
    {
        await using var server = await FakeModelServer.StartAsync();
        var asking = new Asking();
        var text = value == "date" ? asking.GetUtcNow().AddSeconds(30).ToString("R", CultureInfo.InvariantCulture) : value;
        server.Answer = request => request.Number == 1 ? FakeAnswer.Error(429, Rate, (header, text)) : FakeAnswer.Reply("done");

        Assert.Equal("done", (await asking.AskAsync(server)).Text);
        Assert.InRange(asking.Waits.Max(w => w.TotalSeconds), seconds * 0.9 - 1.1 * (value == "date" ? 1 : 0), seconds + 0.001);
    }

    [Fact]
    public async Task Milliseconds_go_before_seconds()
    {
        await using var server = await FakeModelServer.StartAsync();
        var asking = new Asking();
        server.Answer = request =>
            request.Number == 1
                ? FakeAnswer.Error(429, Rate, ("retry-after", "90"), ("retry-after-ms", "1500"))
                : FakeAnswer.Reply("done");

        await asking.AskAsync(server);

        Assert.True(asking.Waits.Max() <= TimeSpan.FromSeconds(1.5));
    }

    [Fact]
    public async Task Waits_that_nobody_asks_for_double_up_to_eight_seconds_with_jitter()
    {
        await using var server = await FakeModelServer.StartAsync();
        var asking = new Asking();
        server.Answer = _ => FakeAnswer.Error(500, "");

        await asking.FailAsync(server);

        double[] most = [0.5, 1, 2, 4, 8];
        Assert.Equal(most.Length, asking.Waits.Count);
        foreach (var (wait, limit) in asking.Waits.Zip(most))
            Assert.InRange(wait.TotalSeconds, limit * 0.75, limit);
    }

    [Fact]
    public async Task A_long_wait_ends_the_asking_at_OpenAI_and_not_at_Anthropic()
    {
        await using var chat = await FakeModelServer.StartAsync();
        await using var messages = await FakeModelServer.StartAsync(Vendor.Anthropic);
        chat.Answer = _ => FakeAnswer.Error(429, Rate, ("retry-after", "3600"));
        messages.Answer = request =>
            request.Number == 1 ? FakeAnswer.Error(429, Rate, ("retry-after", "3600")) : FakeAnswer.Reply("done");

        var failure = await new Asking().FailAsync(chat);

        Assert.EndsWith("It asks to wait 3600 seconds.", failure.What, StringComparison.Ordinal);
        Assert.Equal(1, chat.Requests);
        var asking = new Asking();
        Assert.Equal("done", (await asking.AskAsync(messages)).Text);
        Assert.True(asking.Waits.Max() < TimeSpan.FromSeconds(1));
    }

    public static TheoryData<Vendor, string, int, string, string> Broken =>
        new()
        {
            { Vendor.OpenAi, "cut", 6, "cut-off", "The connection was cut before the reply was whole" },
            { Vendor.Anthropic, "cut", 6, "cut-off", "The connection was cut before the reply was whole" },
            { Vendor.OpenAi, "unfinished", 6, "cut-off", "The connection was cut before the reply was whole: it ended early." },
            { Vendor.OpenAi, "html", 6, "not-understood", "The answer is not what the API promises: it is not JSON." },
            { Vendor.OpenAi, "garbage-event", 6, "not-understood", "The answer is not what the API promises: it is not JSON." },
            { Vendor.OpenAi, "other-json", 6, "not-understood", "The answer is not what the API promises: it has no message." },
            {
                Vendor.OpenAi,
                "stream-error",
                6,
                "server-error",
                "The reply broke off with an error (server_error): An error occurred during streaming."
            },
            {
                Vendor.OpenRouter,
                "body-error",
                6,
                "server-error",
                "The reply broke off with an error: Upstream error after generation began."
            },
            {
                Vendor.OpenRouter,
                "router-stream-error",
                6,
                "server-error",
                "The reply broke off with an error: Provider disconnected."
            },
            { Vendor.Ollama, "ollama-stream-error", 6, "server-error", "The reply broke off with an error: out of memory." },
            {
                Vendor.Anthropic,
                "anthropic-stream-error",
                6,
                "overloaded",
                "The reply broke off with an error (overloaded_error): Overloaded."
            },
            {
                Vendor.OpenAi,
                "quota-in-stream",
                1,
                "out-of-quota",
                "The reply broke off with an error (insufficient_quota): No more."
            },
        };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_reply_that_breaks_off_is_no_reply(Vendor vendor, string how, int attempts, string kind, string what)
    {
        await using var server = await FakeModelServer.StartAsync(vendor);
        server.Answer = _ => Answer(vendor, how);

        var failure = await new Asking().FailAsync(server);

        Assert.Equal((attempts, kind), (server.Requests, Names.Of(failure.Kind)));
        Assert.StartsWith(what, failure.What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("silence", "No answer began for 0.3 seconds.")]
    [InlineData("pause", "Nothing came for 0.3 seconds.")]
    [InlineData("drip", "The whole took longer than 0.8 seconds.")]
    public async Task A_server_that_is_too_slow_is_given_up(string how, string what)
    {
        await using var server = await FakeModelServer.StartAsync();
        server.Answer = request =>
            request.Number > 1 ? FakeAnswer.Error(400, "{}")
            : how == "silence" ? FakeAnswer.Silence()
            : how == "drip" ? FakeAnswer.Drip(50)
            : FakeAnswer.Stream(
                FakeAnswer.Events(Vendor.OpenAi, "half a reply", "stop", null, null, true).Take(3),
                c => Task.Delay(Timeout.Infinite, c.RequestAborted)
            );
        var seen = new List<ModelFailure>();
        using var http = PlainHttp.New("1.0");
        var provider = server.Provider with { IdleTimeoutSeconds = 0.3, TimeoutSeconds = how == "drip" ? 0.8 : 30 };

        await Assert.ThrowsAsync<ModelException>(() =>
            new ModelClient(http, new Asking()).AskAsync(
                Asking.Request(provider),
                FakeModelServer.Key,
                1,
                f =>
                {
                    seen.Add(f);
                    return true;
                },
                TestContext.Current.CancellationToken
            )
        );

        Assert.Equal((FailureKind.TimedOut, what), (seen[0].Kind, seen[0].What));
        Assert.Equal(how == "pause", seen[0].Received > 0);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told_by_its_name()
    {
        var server = await FakeModelServer.StartAsync();
        var request = Asking.Request(server.Provider);
        await server.DisposeAsync();
        using var http = PlainHttp.New("1.0");

        var failure = (
            await Assert.ThrowsAsync<ModelException>(() =>
                new ModelClient(http, new Asking()).AskAsync(request, "k", 1, _ => true, TestContext.Current.CancellationToken)
            )
        ).Failure;

        Assert.Equal(FailureKind.Unreachable, failure.Kind);
        Assert.StartsWith("'fake' could not be reached: ", failure.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_in_an_errors_words_is_taken_out()
    {
        await using var server = await FakeModelServer.StartAsync();
        server.Answer = _ =>
            FakeAnswer.Error(401, $$$"""{"error":{"message":"Wrong key {{{FakeModelServer.Key}}}","type":null,"code":null}}""");

        var failure = await new Asking().FailAsync(server);

        Assert.Equal("'fake' answered 401: Wrong key [key].", failure.What);
    }

    [Theory]
    [InlineData("openai/openai.examples.json", Vendor.OpenAi)]
    [InlineData("openrouter/openrouter.examples.json", Vendor.OpenRouter)]
    [InlineData("anthropic/anthropic.examples.json", Vendor.Anthropic)]
    public async Task Every_error_of_a_contract_is_told_in_its_words(string contract, Vendor vendor)
    {
        using var document = JsonDocument.Parse(
            await File.ReadAllTextAsync(SourceTree.Reference("contracts/" + contract), TestContext.Current.CancellationToken)
        );
        foreach (var error in document.RootElement.GetProperty("errors").EnumerateArray())
        {
            await using var server = await FakeModelServer.StartAsync(vendor);
            var status = error.GetProperty("status").GetInt32();
            (string, string)[] headers =
            [
                .. error
                    .GetProperty("headers")
                    .EnumerateObject()
                    .Where(h => h.Name != "content-type")
                    .Select(h => (h.Name, h.Value.GetString()!)),
            ];
            server.Answer = _ => FakeAnswer.Error(status, error.GetProperty("body").GetRawText(), headers);

            var failure = await new Asking().FailAsync(server);

            var body = error.GetProperty("body").GetProperty("error");
            Assert.Contains(body.GetProperty("message").GetString()!.TrimEnd('.'), failure.What, StringComparison.Ordinal);
            var isSpent = failure.Kind == FailureKind.OutOfQuota;
            Assert.Equal(!isSpent && (status is 408 or 409 or 429 or >= 500 or 200) ? 6 : 1, server.Requests);
        }
    }

    private static FakeAnswer Answer(Vendor vendor, string how)
    {
        var half = FakeAnswer.Events(vendor, "half a reply", "stop", null, null, true).Take(4).ToArray();
        return how switch
        {
            "cut" => FakeAnswer.Cut(),
            "unfinished" => FakeAnswer.Stream(half.Take(2)),
            "html" => FakeAnswer.Raw("<html>Sign in</html>", "text/html"),
            "garbage-event" => FakeAnswer.Stream([half[0], "data: {\"choices\": [tru\n\n"]),
            "other-json" => FakeAnswer.Raw("""{"choices":[]}""", "application/json"),
            "stream-error" => FakeAnswer.Stream(
                [
                    half[0],
                    "data: {\"error\":{\"message\":\"An error occurred during streaming\",\"type\":\"server_error\",\"param\":null,\"code\":null}}\n\n",
                ]
            ),
            "body-error" => FakeAnswer.Raw(
                """{"error":{"code":502,"message":"Upstream error after generation began"}}""",
                "application/json"
            ),
            "router-stream-error" => FakeAnswer.Stream(
                [
                    ": OPENROUTER PROCESSING\n\n",
                    half[1],
                    "data: {\"id\":\"gen-1\",\"object\":\"chat.completion.chunk\",\"error\":{\"code\":502,\"message\":\"Provider disconnected\",\"metadata\":{\"error_type\":\"provider_unavailable\"}},\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\"},\"finish_reason\":\"error\"}]}\n\n",
                    "data: [DONE]\n\n",
                ]
            ),
            "ollama-stream-error" => FakeAnswer.Stream([half[0], "data: {\"error\":\"out of memory\"}\n\n"]),
            "anthropic-stream-error" => FakeAnswer.Stream(
                [
                    half[0],
                    "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n",
                ]
            ),
            "quota-in-stream" => FakeAnswer.Stream(
                [
                    half[0],
                    "data: {\"error\":{\"message\":\"No more.\",\"type\":\"insufficient_quota\",\"param\":null,\"code\":\"insufficient_quota\"}}\n\n",
                ]
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(how), how, null),
        };
    }
}
