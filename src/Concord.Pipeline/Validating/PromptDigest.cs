using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace Concord.Pipeline.Validating;

/// <summary>What tells a row's prompt from others, in the formats that have one of its own; how it is written in JSON makes no difference.</summary>
/// <param name="format">The format.</param>
internal sealed class PromptDigest(string format)
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>64 bits of a digest; null where there is no prompt.</summary>
    public ulong? DigestOf(JsonElement row)
    {
        if (Prompt(row) is not { } prompt)
            return null;
        _bytes.ResetWrittenCount();
        Add(prompt);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_bytes.WrittenSpan, digest);
        return BinaryPrimitives.ReadUInt64LittleEndian(digest);
    }

    private JsonElement? Prompt(JsonElement row) =>
        format switch
        {
            "openai-dpo" => Of(row, "input") is { } input ? Of(input, "messages") : null,
            "llama-factory" => Of(row, "conversations"),
            "axolotl" => Of(row, "messages"),
            "nemo-rl" => Of(row, "context"),
            "hh" or "sft" => null,
            TrainerFormats.Conversational when row.TryGetProperty("schema_version", out _) => Of(row, "prompt_sha256")
                ?? Of(row, "prompt"),
            _ => Of(row, "prompt"),
        };

    private static JsonElement? Of(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object
        && value.TryGetProperty(name, out var inner)
        && inner.ValueKind is JsonValueKind.String or JsonValueKind.Array or JsonValueKind.Object
            ? inner
            : null;

    private void Add(JsonElement value)
    {
        Add((int)value.ValueKind);
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                Add(value.GetString()!);
                break;
            case JsonValueKind.Number:
                Add(value.GetRawText());
                break;
            case JsonValueKind.Array:
                Add(value.GetArrayLength());
                foreach (var element in value.EnumerateArray())
                    Add(element);
                break;
            case JsonValueKind.Object:
                Add(value.GetPropertyCount());
                foreach (var property in value.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal))
                {
                    Add(property.Name);
                    Add(property.Value);
                }
                break;
        }
    }

    private void Add(string text)
    {
        Add(text.Length);
        _bytes.Write(MemoryMarshal.AsBytes(text.AsSpan()));
    }

    private void Add(int number)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.GetSpan(sizeof(int)), number);
        _bytes.Advance(sizeof(int));
    }
}
