using System.Text;
using Concord.Core.Domain;
using Concord.Core.Domain.Replies;
using Concord.Core.Domain.Runs;
using Concord.Pipeline.Documents;
using Concord.Pipeline.Models;

namespace Concord.Pipeline.Running;

/// <summary>Makes the files of an output's folder from a reply.</summary>
/// <param name="Failure">Why there is nothing to grade; null where there is.</param>
/// <param name="Reason">The failure in a word.</param>
/// <param name="Answer">How many files there are to grade.</param>
/// <param name="Files">Paths below the output's folder, and bytes.</param>
internal sealed record OutputDocuments(
    string? Failure,
    string Reason,
    int Answer,
    IReadOnlyList<(string Path, ReadOnlyMemory<byte> Bytes)> Files
)
{
    private const int CostDecimals = 6;

    /// <param name="run">The run's id.</param>
    /// <param name="question">What was asked.</param>
    /// <param name="reply">What came.</param>
    /// <param name="instead">Why no reply could be taken at all; null where one was.</param>
    public static OutputDocuments Of(string run, ModelQuestion question, ModelReply reply, ModelFailure? instead = null)
    {
        var (failure, reason) = instead is null ? Ended(question, reply) : (instead.What, Names.Of(instead.Kind));
        var challenge = ChallengeFiles.Of(question.Planned.Challenge, question.Starters.Select(s => s.Path));
        var answer = failure is null
            ? AnswerFiles.Of(question.Starters, challenge, ReplyFiles.Parse(reply.Text, challenge, complete: true))
            : new([], failure);
        if (failure is null && answer.Failure is not null)
            reason = "no-files";
        var files = new List<(string, ReadOnlyMemory<byte>)>
        {
            ("output.json", OutputJson(run, question, reply, answer.Failure)),
            ("request.json", RequestJson(question)),
        };
        if (reply.Text.Length > 0)
            files.Add(("response.md", Encoding.UTF8.GetBytes(reply.Text)));
        files.AddRange(answer.Files.Select(f => ($"files/{f.Path}", f.Bytes)));
        return new(answer.Failure, reason, answer.Files.Count, files);
    }

    // A reply that was cut off may have whole blocks, and what follows them is missing.
    private static (string? Failure, string Reason) Ended(ModelQuestion question, ModelReply reply) =>
        reply.End switch
        {
            ReplyEnd.Stop => (null, ""),
            ReplyEnd.Length => (
                $"The reply was cut off at the limit of tokens{(TokenEstimate.Limit(question.Sent) is { } limit ? $" ({limit})" : "")}.",
                "cut-at-limit"
            ),
            ReplyEnd.Refusal => (
                reply.Refusal is { } words
                    ? $"The model refused: {PlainText.Of(words.Length > 300 ? words[..300] + "…" : words)}"
                    : "The model, or a filter before it, refused to answer.",
                "refused"
            ),
            ReplyEnd.Tools => ("The model asked for a tool instead of answering.", "asked-for-tool"),
            _ => throw new ArgumentOutOfRangeException(nameof(reply), reply.End, null),
        };

    private static byte[] OutputJson(string run, ModelQuestion question, ModelReply reply, string? failure) =>
        CanonicalJson.Of(writer =>
        {
            writer.WriteNumber("schema", 1);
            writer.WriteString("run", run);
            writer.WriteString("model", question.Planned.Key.Model.Value);
            writer.WriteString("status", failure is null ? "ok" : "error");
            if (failure is not null)
                writer.WriteString("reason", failure);
            writer.WriteString("challenge_digest", question.Planned.Challenge.Digest);
            if (question.Planned.Model.License is { } license)
                writer.WriteString("license", license);
            CanonicalJson.WriteObject(writer, "parameters", question.Sent);
            if (reply.Usage is { } usage)
            {
                writer.WriteStartObject("tokens");
                writer.WriteNumber("input", usage.Input);
                writer.WriteNumber("output", usage.Output);
                if (usage.Cached is { } cached)
                    writer.WriteNumber("cached", cached);
                if (usage.Reasoning is { } reasoning)
                    writer.WriteNumber("reasoning", reasoning);
                writer.WriteEndObject();
            }
            if (reply.Usage?.Cost(question.Planned.Model.Price) is { } cost)
                CanonicalJson.WriteNumber(writer, "cost_usd", Math.Round(cost, CostDecimals));
            CanonicalJson.WriteNumber(writer, "seconds", Math.Round(reply.Seconds, 3));
            writer.WriteString("started_at", Timestamp.Of(reply.StartedAt.UtcDateTime));
        });

    private static byte[] RequestJson(ModelQuestion question) =>
        CanonicalJson.Of(writer =>
        {
            writer.WriteNumber("schema", 1);
            writer.WriteString("provider", question.Request.Provider.Id);
            writer.WriteString("endpoint", question.Endpoint.AbsoluteUri);
            writer.WriteString("model", question.Request.Model);
            CanonicalJson.WriteObject(writer, "parameters", question.Sent);
            writer.WriteStartArray("messages");
            foreach (var message in question.Request.Messages)
            {
                writer.WriteStartObject();
                writer.WriteString("role", message.Role);
                writer.WriteString("content", message.Content);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        });
}
