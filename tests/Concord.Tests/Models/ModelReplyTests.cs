using Concord.Pipeline.Models;

namespace Concord.Tests.Models;

public sealed class ModelReplyTests
{
    private const string Text = "Zwölf Boxkämpfer 🥊\n\n**a.js**\n\n```js\nlet x = \"\\u0000\";\n```\n";

    [Theory]
    [InlineData(Vendor.OpenAi)]
    [InlineData(Vendor.OpenRouter)]
    [InlineData(Vendor.Anthropic)]
    [InlineData(Vendor.Ollama)]
    [InlineData(Vendor.VLlm)]
    public async Task A_reply_is_the_same_streamed_and_whole(Vendor vendor)
    {
        await using var server = await FakeModelServer.StartAsync(vendor);
        server.Answer = _ => FakeAnswer.Reply(Text);

        var streamed = await new Asking().AskAsync(server);
        var whole = await new Asking().AskAsync(server, Asking.Request(server.Provider, ("stream", "false")));

        foreach (var reply in new[] { streamed, whole })
        {
            Assert.Equal((Text, ReplyEnd.Stop, null), (reply.Text, reply.End, reply.Refusal));
            Assert.Equal((17, 33, 5), (reply.Usage!.Input, reply.Usage.Output, reply.Usage.Cached));
        }
    }

    [Fact]
    public async Task OpenRouter_tells_what_a_reply_cost()
    {
        await using var server = await FakeModelServer.StartAsync(Vendor.OpenRouter);
        server.Answer = _ => FakeAnswer.Reply(Text, cost: 0.00125);

        var reply = await new Asking().AskAsync(server);

        Assert.Equal(0.00125, reply.Usage!.Cost(new Core.Domain.TokenPrice(100, 100)));
    }

    [Theory]
    [InlineData(Vendor.OpenAi, "length", "Length")]
    [InlineData(Vendor.OpenAi, "content_filter", "Refusal")]
    [InlineData(Vendor.VLlm, "tool_calls", "Tools")]
    [InlineData(Vendor.Anthropic, "length", "Length")]
    [InlineData(Vendor.Anthropic, "content_filter", "Refusal")]
    [InlineData(Vendor.Anthropic, "tool_calls", "Tools")]
    public async Task How_a_reply_ended_is_told(Vendor vendor, string end, string expected)
    {
        await using var server = await FakeModelServer.StartAsync(vendor);
        server.Answer = _ => FakeAnswer.Reply(Text, end);

        Assert.Equal(expected, (await new Asking().AskAsync(server)).End.ToString());
        Assert.Equal(
            expected,
            (await new Asking().AskAsync(server, Asking.Request(server.Provider, ("stream", "false")))).End.ToString()
        );
    }

    [Fact]
    public async Task A_refusal_is_no_text_and_has_its_words()
    {
        await using var server = await FakeModelServer.StartAsync();
        server.Answer = _ => FakeAnswer.Reply("", refusal: "I can't help with that.");

        var reply = await new Asking().AskAsync(server);

        Assert.Equal(("", ReplyEnd.Refusal, "I can't help with that."), (reply.Text, reply.End, reply.Refusal));
    }

    [Fact]
    public async Task A_reply_without_a_count_of_tokens_is_a_reply()
    {
        await using var server = await FakeModelServer.StartAsync(Vendor.Ollama);
        server.Answer = _ => FakeAnswer.Reply(Text, usage: false);

        Assert.Null((await new Asking().AskAsync(server)).Usage);
    }

    [Fact]
    public async Task A_stream_that_is_cut_behind_its_end_is_whole()
    {
        await using var server = await FakeModelServer.StartAsync();
        server.Answer = _ =>
            FakeAnswer.Stream(
                FakeAnswer.Events(Vendor.OpenAi, Text, "stop", null, null, usage: false).SkipLast(1),
                async context =>
                {
                    await Task.Delay(100);
                    context.Abort();
                }
            );

        Assert.Equal(Text, (await new Asking().AskAsync(server)).Text);
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task Ten_megabytes_are_taken_and_more_is_not()
    {
        await using var server = await FakeModelServer.StartAsync();
        var largest = new string('x', ReplyReading.Longest);
        server.Answer = request => FakeAnswer.Reply(request.IsStreamed ? largest : largest + "y");

        Assert.Equal(largest.Length, (await new Asking().AskAsync(server)).Text.Length);
        var failure = await new Asking().FailAsync(server, Asking.Request(server.Provider, ("stream", "false")));

        Assert.Equal((FailureKind.TooLong, "The reply is longer than 10 MB."), (failure.Kind, failure.What));
        Assert.Equal(2, server.Requests);
    }

    [Fact]
    public async Task A_key_that_comes_back_is_not_kept()
    {
        await using var server = await FakeModelServer.StartAsync();
        server.Answer = _ => FakeAnswer.Reply($"You sent {FakeModelServer.Key}.");

        Assert.Equal("You sent [key].", (await new Asking().AskAsync(server)).Text);
    }

    [Theory]
    [InlineData("data: {\"a\":1}\n\ndata: {\"b\":2}\n\n", new[] { "{\"a\":1}", "{\"b\":2}" })]
    [InlineData("\uFEFFdata:x\r\n\r\n: comment\r\nevent: e\r\nid: 1\r\ndata: y\r\ndata: z\r\n\r\n", new[] { "x", "y\nz" })]
    [InlineData("data: x\r\rdata: cut", new[] { "x" })]
    [InlineData("data\n\n\n\n", new string[0])]
    public async Task Events_are_read_as_the_standard_says(string stream, string[] expected)
    {
        // One byte at a time, so that every line end falls between two reads.
        using var bytes = new OneByteStream(System.Text.Encoding.UTF8.GetBytes(stream));
        using var body = new ReplyBody(bytes, TimeSpan.FromSeconds(5), 1000, TestContext.Current.CancellationToken);
        var events = new List<string>();

        await foreach (var data in EventStream.ReadAsync(body, TestContext.Current.CancellationToken))
            events.Add(data);

        Assert.Equal(expected, events);
    }

    private sealed class OneByteStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(1, buffer.Length)], cancellationToken);
    }
}
