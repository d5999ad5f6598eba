using System.Text;
using System.Text.Json;
using Concord.Core.Domain;
using Concord.Core.Domain.Runs;
using Concord.Pipeline.Documents;
using Concord.Pipeline.Models;
using Concord.Pipeline.Workspaces;

namespace Concord.Pipeline.Running;

/// <summary>
/// Replies that were paid for, by the digest of all they depend on (<see cref="ModelQuestion.Digest"/>). Among the repository's
/// own files: shared by its work trees, out of reach of <c>git clean</c>, and never committed.
/// </summary>
/// <param name="repository">The folder of the repository's own files; null keeps nothing.</param>
internal sealed class ReplyCache(string? repository)
{
    private const long LargestEntry = 256L * 1024 * 1024;

    private readonly PrivateFolder _folder = new(repository, "replies", ".json");

    /// <summary>The reply; null where there is none, or its sum is not right.</summary>
    public ModelReply? Find(string digest)
    {
        if (!_folder.IsOpen || _folder.Read(FileName(digest), LargestEntry) is not { } bytes)
            return null;
        var end = bytes.AsSpan().IndexOf((byte)'\n');
        if (end < 0 || Encoding.ASCII.GetString(bytes, 0, end) != Fingerprint.Sha256(bytes.AsSpan(end + 1)))
            return null;
        try
        {
            using var document = JsonDocument.Parse(bytes.AsMemory(end + 1));
            var root = document.RootElement;
            return root.GetProperty("schema").GetInt32() == 1 && root.GetProperty("request").GetString() == digest
                ? Reply(root)
                : null;
        }
        // Of another version of the program.
        catch (Exception e)
            when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Keeps a reply. Where that is refused nothing is kept: the output is written all the same.</summary>
    public void Keep(string digest, ModelReply reply)
    {
        if (!_folder.IsOpen)
            return;
        var json = CanonicalJson.Of(writer =>
        {
            writer.WriteNumber("schema", 1);
            writer.WriteString("request", digest);
            writer.WriteString("text", reply.Text);
            writer.WriteString("end", Names.Of(reply.End));
            writer.WriteString("refusal", reply.Refusal);
            writer.WriteString("started_at", reply.StartedAt.ToString("O"));
            writer.WriteNumber("seconds", reply.Seconds);
            if (reply.Usage is not { } usage)
                return;
            writer.WriteStartObject("usage");
            writer.WriteNumber("input", usage.Input);
            writer.WriteNumber("output", usage.Output);
            if (usage.Cached is { } cached)
                writer.WriteNumber("cached", cached);
            if (usage.Reasoning is { } reasoning)
                writer.WriteNumber("reasoning", reasoning);
            if (usage.ReportedCost is { } cost)
                writer.WriteNumber("cost", cost);
            writer.WriteEndObject();
        });
        try
        {
            _folder.Write(FileName(digest), [.. Encoding.ASCII.GetBytes(Fingerprint.Sha256(json)), (byte)'\n', .. json]);
        }
        catch (Exception e) when (PrivateFolder.IsRefusal(e)) { }
    }

    private static ModelReply Reply(JsonElement root)
    {
        var usage = root.TryGetProperty("usage", out var counts)
            ? new TokenUsage(counts.GetProperty("input").GetInt64(), counts.GetProperty("output").GetInt64())
            {
                Cached = counts.TryGetProperty("cached", out var cached) ? cached.GetInt64() : null,
                Reasoning = counts.TryGetProperty("reasoning", out var reasoning) ? reasoning.GetInt64() : null,
                ReportedCost = counts.TryGetProperty("cost", out var cost) ? cost.GetDouble() : null,
            }
            : null;
        return new(
            root.GetProperty("text").GetString()!,
            Names.TryParse<ReplyEnd>(root.GetProperty("end").GetString()!, out var end) ? end : throw new FormatException(),
            root.GetProperty("refusal").GetString(),
            usage
        )
        {
            StartedAt = root.GetProperty("started_at").GetDateTimeOffset(),
            Seconds = root.GetProperty("seconds").GetDouble(),
        };
    }

    private static string FileName(string digest) => digest + ".json";
}
