using System.Globalization;
using Concord.Core.Domain;

namespace Concord.Pipeline.Documents;

/// <summary>
/// Reads the keys of a map strictly: every key must be asked for, none may stand twice, and what is wrong is reported
/// with its place while reading goes on.
/// </summary>
internal sealed class DocumentMap
{
    private readonly Dictionary<string, DocumentNode> _values = new(StringComparer.Ordinal);
    private readonly DocumentNode _node;
    private readonly ProblemList _problems;

    private DocumentMap(DocumentNode node, ProblemList problems) => (_node, _problems) = (node, problems);

    public DocumentNode Node => _node;

    /// <summary>Opens a map whose keys are known.</summary>
    /// <param name="node">The node that should be a map.</param>
    /// <param name="problems">Takes what is wrong.</param>
    /// <param name="what">The map's name for messages.</param>
    /// <param name="known">Every key that it may have; empty takes any key.</param>
    /// <returns>The map; null where the node is something else.</returns>
    public static DocumentMap? Open(DocumentNode node, ProblemList problems, string what, params IReadOnlyList<string> known)
    {
        if (node.Kind != NodeKind.Map)
        {
            problems.Error(
                "wrong-type",
                node,
                $"{what} should be a map of keys and values, and is {node.Description}.",
                known.Count == 0 ? "Write 'key: value' lines." : $"Its keys are {string.Join(", ", known)}."
            );
            return null;
        }
        var map = new DocumentMap(node, problems);
        for (var i = 0; i < node.Keys.Count; i++)
        {
            var key = node.Keys[i];
            if (key.Kind is NodeKind.List or NodeKind.Map)
                problems.Error("wrong-type", key, $"A key of {what} is {key.Description}.", "Keys are words.");
            else if (known.Count > 0 && !known.Contains(key.Value))
                problems.Error("unknown-key", key, $"{what} has no key '{key.Value}'.", Nearest.Hint(key.Value, known));
            else if (!map._values.TryAdd(key.Value, node.Items[i]))
                problems.Error("duplicate-key", key, $"The key '{key.Value}' stands twice in {what}.", "Remove one of them.");
        }
        return map;
    }

    /// <summary>Every key and value, in the file's order.</summary>
    public IEnumerable<(DocumentNode Key, DocumentNode Value)> Entries => _node.Keys.Zip(_node.Items);

    /// <summary>The node of a key; null where it is missing or empty.</summary>
    public DocumentNode? Find(string key) => _values.TryGetValue(key, out var node) && node.Kind != NodeKind.Null ? node : null;

    /// <summary>The text of a key that must be there.</summary>
    public string Text(string key) => OptionalText(key) ?? Missing(key);

    /// <summary>The text of a key; null where it is missing.</summary>
    public string? OptionalText(string key)
    {
        if (Find(key) is not { } node)
            return null;
        if (node.Kind is NodeKind.Text or NodeKind.Plain)
            return node.Value;
        _problems.Error("wrong-type", node, $"'{key}' should be text, and is {node.Description}.", "Write one value.");
        return null;
    }

    /// <summary>The number of a key; the default where it is missing.</summary>
    public double Number(string key, double fallback, Func<double, string?> mistake) => OptionalNumber(key, mistake) ?? fallback;

    /// <summary>The number of a key; null where it is missing.</summary>
    /// <param name="key">The key.</param>
    /// <param name="mistake">Says what a number must be, where this one is not it.</param>
    public double? OptionalNumber(string key, Func<double, string?> mistake)
    {
        if (Find(key) is not { } node)
            return null;
        var isNumber =
            node.Kind == NodeKind.Plain
            && double.TryParse(node.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number);
        number = isNumber ? double.Parse(node.Value, NumberStyles.Float, CultureInfo.InvariantCulture) : 0;
        var wrong = isNumber ? mistake(number) : "a number";
        if (wrong is null)
            return number;
        _problems.Error("wrong-value", node, $"'{key}' should be {wrong}, and is {node.Description}.", "Correct the value.");
        return null;
    }

    /// <summary>The whole number of a key; the default where it is missing.</summary>
    public int Whole(string key, int fallback, int least, int most = int.MaxValue) =>
        (int)Number(
            key,
            fallback,
            n =>
                n == Math.Floor(n) && n >= least && n <= most ? null
                : most == int.MaxValue ? $"a whole number of at least {least}"
                : $"a whole number from {least} to {most}"
        );

    /// <summary>The truth of a key; the default where it is missing.</summary>
    public bool Flag(string key, bool fallback) =>
        Find(key) switch
        {
            null => fallback,
            { Kind: NodeKind.Plain, Value: "true" } => true,
            { Kind: NodeKind.Plain, Value: "false" } => false,
            var node => Wrong(node, key, "true or false", fallback),
        };

    /// <summary>The choice of a key by its lower-case name; the default where it is missing.</summary>
    public TEnum Choice<TEnum>(string key, TEnum fallback)
        where TEnum : struct, Enum
    {
        if (OptionalText(key) is not { } text)
            return fallback;
        if (Names.TryParse<TEnum>(text, out var value))
            return value;
        _problems.Error("wrong-value", Find(key)!, $"'{key}' cannot be '{text}'.", Nearest.Hint(text, Names.All<TEnum>()));
        return fallback;
    }

    /// <summary>The items of a list; none where the key is missing.</summary>
    public IReadOnlyList<DocumentNode> List(string key)
    {
        if (Find(key) is not { } node)
            return [];
        return node.Kind == NodeKind.List ? node.Items : Wrong<IReadOnlyList<DocumentNode>>(node, key, "a list", []);
    }

    /// <summary>The texts of a list; none where the key is missing.</summary>
    public IReadOnlyList<string> Texts(string key)
    {
        var texts = new List<string>();
        foreach (var item in List(key))
        {
            if (item.Kind is NodeKind.Text or NodeKind.Plain)
                texts.Add(item.Value);
            else
                Wrong(item, key, "a list of texts", 0);
        }
        return texts;
    }

    /// <summary>An id of a key that must be there; null where it is missing or wrong.</summary>
    public TId? Id<TId>(string key, TryParse<TId> parse, string rule)
        where TId : struct
    {
        var text = Text(key);
        if (text.Length == 0 || Find(key) is not { } node)
            return null;
        if (parse(text, out var id))
            return id;
        _problems.Error("wrong-id", node, $"'{text}' cannot be used for '{key}'.", rule);
        return null;
    }

    /// <summary>Parses an id.</summary>
    public delegate bool TryParse<TId>(string text, out TId id);

    private string Missing(string key)
    {
        if (!_values.TryGetValue(key, out var node) || node.Kind == NodeKind.Null)
            _problems.Error("missing-key", _node, $"The key '{key}' is missing.", $"Add '{key}: …'.");
        return "";
    }

    private T Wrong<T>(DocumentNode node, string key, string expected, T fallback)
    {
        _problems.Error("wrong-type", node, $"'{key}' should be {expected}, and is {node.Description}.", "Correct the value.");
        return fallback;
    }
}
