namespace Concord.Pipeline.Documents;

/// <summary>What a node of a YAML or JSON document is.</summary>
internal enum NodeKind
{
    /// <summary>Text in quotes.</summary>
    Text,

    /// <summary>A bare word, number, true or false.</summary>
    Plain,

    /// <summary>Nothing.</summary>
    Null,

    List,
    Map,
}

/// <summary>One node of a YAML or JSON document, with its place.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">The text of a scalar, else empty.</param>
/// <param name="Items">The items of a list; of a map its values.</param>
/// <param name="Keys">The keys of a map, in order, each beside the item of the same index; else empty.</param>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based.</param>
internal sealed record DocumentNode(
    NodeKind Kind,
    string Value,
    IReadOnlyList<DocumentNode> Items,
    IReadOnlyList<DocumentNode> Keys,
    int Line,
    int Column
)
{
    /// <summary>The kind in words, for messages.</summary>
    public string Description =>
        Kind switch
        {
            NodeKind.Text or NodeKind.Plain => $"'{(Value.Length > 40 ? Value[..40] + "…" : Value)}'",
            NodeKind.Null => "nothing",
            NodeKind.List => "a list",
            NodeKind.Map => "a map",
            _ => throw new ArgumentOutOfRangeException(nameof(Kind), Kind, null),
        };
}
