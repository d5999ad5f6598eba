using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Concord.Core.Domain;
using Concord.Pipeline.Documents;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Grading;

/// <summary>What a session's journal says of it.</summary>
/// <param name="Prefix">The workspace's folder in the repository.</param>
/// <param name="StartedAt">When it began, in UTC.</param>
/// <param name="Base">The commit that its branch began from; empty without one.</param>
/// <param name="Orders">For each mode the order that was drawn for it, once.</param>
internal sealed record SessionRecord(
    string Prefix,
    DateTime StartedAt,
    string Base,
    IReadOnlyDictionary<GradingMode, IReadOnlyList<OutputKey>> Orders
);

/// <summary>The folder of a session among the repository's own files: its journal, its drafts, its lock. Only its owner reads it.</summary>
internal sealed class SessionFolder(string path)
{
    private const int DraftDigits = 24;

    public string Path => path;

    public string Id => System.IO.Path.GetFileName(path);

    private string Journal => System.IO.Path.Combine(path, "session.json");

    private string Drafts => System.IO.Path.Combine(path, "drafts");

    private string Holder => System.IO.Path.Combine(path, "process");

    /// <summary>The folder of all sessions.</summary>
    /// <exception cref="ConcordException">It is a link, or the file system refused.</exception>
    public static string OfAll(string common)
    {
        var folder = System.IO.Path.Combine(common, "concord", "grading");
        if (
            new DirectoryInfo(folder).LinkTarget is not null
            || new DirectoryInfo(System.IO.Path.GetDirectoryName(folder)!).LinkTarget is not null
        )
            throw new ConcordException("link", "The folder of grading sessions is a link.", "Remove the link.", folder);
        Make(folder);
        return folder;
    }

    public void Make() => Make(path);

    /// <summary>Keeps other processes out for as long as this one lives.</summary>
    /// <exception cref="ConcordException">Another process has the session open.</exception>
    public async Task<LockedFile> HoldAsync(TimeProvider time, CancellationToken cancellation)
    {
        if (await TryHoldAsync(TimeSpan.FromMilliseconds(500), time, cancellation) is { } held)
            return held;
        var holder = File.Exists(Holder) ? PlainText.Of((await File.ReadAllTextAsync(Holder, cancellation)).Trim()) : "unknown";
        throw new ConcordException(
            "session-open",
            $"The session {Id} is open in another 'concord grade' (process {holder}).",
            "Go on in its page, which can hand it in too, or end that process and run the command again.",
            path
        );
    }

    /// <summary>As <see cref="HoldAsync"/>; null where another process has it.</summary>
    public async Task<LockedFile?> TryHoldAsync(TimeSpan patience, TimeProvider time, CancellationToken cancellation)
    {
        var held = await LockedFile.TryTakeAsync(System.IO.Path.Combine(path, "lock"), patience, time, cancellation);
        if (held is not null)
            Write(
                Holder,
                Encoding.UTF8.GetBytes(
                    $"{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)} on {Environment.MachineName}\n"
                )
            );
        return held;
    }

    /// <summary>The journal; null where there is none that can be read, as after a kill before it was written.</summary>
    public SessionRecord? Read()
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(Journal));
            var root = json.RootElement;
            if (!Timestamp.TryParse(root.GetProperty("started_at").GetString()!, out var startedAt))
                return null;
            var orders = new Dictionary<GradingMode, IReadOnlyList<OutputKey>>();
            foreach (var order in root.GetProperty("orders").EnumerateObject())
                if (Names.TryParse<GradingMode>(order.Name, out var mode))
                    orders[mode] = [.. order.Value.EnumerateArray().Select(k => KeyOf(k.GetString()!))];
            return new(root.GetProperty("prefix").GetString()!, startedAt, root.GetProperty("base").GetString()!, orders);
        }
        catch (Exception e)
            when (e is IOException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    public void Write(SessionRecord record) =>
        Write(
            Journal,
            CanonicalJson.Of(w =>
            {
                w.WriteNumber("schema", 1);
                w.WriteString("session", Id);
                w.WriteString("started_at", Timestamp.Of(record.StartedAt));
                w.WriteString("prefix", record.Prefix);
                w.WriteString("base", record.Base);
                w.WriteStartObject("orders");
                foreach (var (mode, order) in record.Orders.OrderBy(o => o.Key))
                {
                    w.WriteStartArray(Names.Of(mode));
                    foreach (var key in order)
                        w.WriteStringValue(Text(key));
                    w.WriteEndArray();
                }
                w.WriteEndObject();
            })
        );

    /// <summary>The draft for an output's current form; null where there is none that can be read.</summary>
    public GradeDraft? Draft(OutputKey key, OutputId output, bool decision)
    {
        var file = DraftFile(key, output, decision);
        // Most outputs have none, and all are asked for at once.
        if (!File.Exists(file))
            return null;
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            var root = json.RootElement;
            return Timestamp.TryParse(root.GetProperty("saved_at").GetString()!, out var at)
                ? new(
                    [
                        .. root.GetProperty("scores")
                            .EnumerateArray()
                            .Select(s => s.ValueKind == JsonValueKind.Null ? (double?)null : s.GetDouble()),
                    ],
                    root.GetProperty("notes").GetString()!,
                    root.GetProperty("base").GetString()!,
                    at,
                    root.TryGetProperty("flagged", out var flagged) && flagged.GetBoolean()
                )
                : null;
        }
        catch (Exception e)
            when (e is IOException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    public void WriteDraft(OutputKey key, OutputId output, bool decision, GradeDraft draft)
    {
        Make(Drafts);
        Write(
            DraftFile(key, output, decision),
            CanonicalJson.Of(w =>
            {
                w.WriteString("output", Text(key));
                w.WriteStartArray("scores");
                foreach (var score in draft.Scores)
                    if (score is { } number)
                        w.WriteNumberValue(number);
                    else
                        w.WriteNullValue();
                w.WriteEndArray();
                w.WriteString("notes", draft.Notes);
                w.WriteBoolean("flagged", draft.Flagged);
                w.WriteString("base", draft.BaseVersion);
                w.WriteString("saved_at", Timestamp.Of(draft.SavedAt));
            })
        );
    }

    public void DeleteDraft(OutputKey key, OutputId output, bool decision)
    {
        if (Directory.Exists(Drafts))
            File.Delete(DraftFile(key, output, decision));
    }

    /// <summary>Takes over the drafts of an earlier session that this one has none for.</summary>
    public void TakeDrafts(SessionFolder earlier)
    {
        if (!Directory.Exists(earlier.Drafts))
            return;
        Make(Drafts);
        foreach (var file in new DirectoryInfo(earlier.Drafts).EnumerateFiles("*.json"))
            if (System.IO.Path.Combine(Drafts, file.Name) is var target && !File.Exists(target))
                file.MoveTo(target);
    }

    private static OutputKey KeyOf(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0
            ? new(ChallengeId.Parse(text[..slash]), ModelId.Parse(text[(slash + 1)..]))
            : throw new FormatException($"'{text}' names no output.");
    }

    private static string Text(OutputKey key) => $"{key.Challenge}/{key.Model}";

    private string DraftFile(OutputKey key, OutputId output, bool decision) =>
        System.IO.Path.Combine(
            Drafts,
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Text(key)}\n{output}\n{decision}")))[..DraftDigits]
                + ".json"
        );

    private static void Write(string file, byte[] bytes)
    {
        AtomicFile.Replace(file, bytes);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, OwnerOnly.Files);
    }

    private static void Make(string folder)
    {
        try
        {
            OwnerOnly.MakeFolder(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConcordException(
                "cannot-write",
                $"The session's folder could not be made: {e.Message}",
                "Make room or give write permission, then run the command again.",
                folder
            );
        }
    }
}
