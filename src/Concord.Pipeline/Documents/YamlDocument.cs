using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Concord.Pipeline.Documents;

/// <summary>Reads YAML into nodes with places. No anchors, no tags, no nesting deeper than a configuration needs.</summary>
internal static class YamlDocument
{
    private const int DeepestNesting = 32;
    private const int LargestFile = 4 * 1024 * 1024;

    /// <summary>Parses one YAML document.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="problems">Takes what is wrong.</param>
    /// <returns>The root; null where the file could not be read, with the problem reported.</returns>
    public static DocumentNode? Parse(byte[] bytes, ProblemList problems)
    {
        if (Utf8Text.Decode(bytes, problems, LargestFile) is not { } text)
            return null;
        var parser = new Parser(new StringReader(text));
        try
        {
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _))
                return new(NodeKind.Null, "", [], [], 1, 1);
            parser.Consume<DocumentStart>();
            if (Node(parser, problems, 0) is not { } root)
                return null;
            parser.Consume<DocumentEnd>();
            if (!parser.Accept<StreamEnd>(out var more))
                problems.Error(
                    "yaml-syntax",
                    (int)(parser.Current?.Start.Line ?? 1),
                    null,
                    "The file holds a second YAML document.",
                    "Keep one document a file; remove what follows '---'."
                );
            return root;
        }
        catch (YamlException e)
        {
            problems.Error(
                "yaml-syntax",
                (int)e.Start.Line,
                (int)e.Start.Column,
                $"This is not YAML: {e.Message.TrimEnd('.')}.",
                "Correct the syntax; indentation is by spaces, and text with ':' or '#' needs quotes."
            );
            return null;
        }
        catch (InvalidOperationException)
        {
            // YamlDotNet 16's scanner throws this for some unclosed brackets, and without a place.
            problems.Error(
                "yaml-syntax",
                Line(parser),
                null,
                "This is not YAML: a bracket or brace is not closed, here or below.",
                "Correct the syntax; every '[' needs its ']' and every '{' its '}'."
            );
            return null;
        }
    }

    private static DocumentNode? Node(Parser parser, ProblemList problems, int depth)
    {
        if (depth > DeepestNesting)
        {
            problems.Error(
                "yaml-syntax",
                Line(parser),
                null,
                "The file is nested too deeply.",
                $"Nest at most {DeepestNesting} levels."
            );
            return null;
        }
        if (parser.Accept<AnchorAlias>(out var alias))
            return Refused(alias, problems);
        if (parser.Accept<NodeEvent>(out var node) && !(node.Anchor.IsEmpty && node.Tag.IsEmpty))
            return Refused(node, problems);
        if (parser.TryConsume<Scalar>(out var scalar))
            return Leaf(scalar);
        if (parser.TryConsume<SequenceStart>(out var sequence))
        {
            var items = new List<DocumentNode>();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                if (Node(parser, problems, depth + 1) is not { } item)
                    return null;
                items.Add(item);
            }
            return new(NodeKind.List, "", items, [], (int)sequence.Start.Line, (int)sequence.Start.Column);
        }
        if (parser.TryConsume<MappingStart>(out var mapping))
        {
            var (keys, values) = (new List<DocumentNode>(), new List<DocumentNode>());
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                if (Node(parser, problems, depth + 1) is not { } key || Node(parser, problems, depth + 1) is not { } value)
                    return null;
                keys.Add(key);
                values.Add(value);
            }
            return new(NodeKind.Map, "", values, keys, (int)mapping.Start.Line, (int)mapping.Start.Column);
        }
        // YamlDotNet gives no node at all for an empty key without '?', such as "- : ".
        problems.Error("yaml-syntax", Line(parser), null, "A key or value is missing.", "Write it, or '' for an empty text.");
        return null;
    }

    private static DocumentNode? Refused(ParsingEvent at, ProblemList problems)
    {
        problems.Error(
            "yaml-syntax",
            (int)at.Start.Line,
            (int)at.Start.Column,
            "Anchors, aliases and tags ('&', '*', '!') are not read here.",
            "Write the value out where it is used, or put quotes around a text that begins so."
        );
        return null;
    }

    private static DocumentNode Leaf(Scalar scalar)
    {
        var plain = scalar.Style is ScalarStyle.Plain;
        var kind =
            !plain ? NodeKind.Text
            : scalar.Value is "" or "~" or "null" ? NodeKind.Null
            : NodeKind.Plain;
        return new(kind, scalar.Value, [], [], (int)scalar.Start.Line, (int)scalar.Start.Column);
    }

    private static int Line(Parser parser) => (int)(parser.Current?.Start.Line ?? 1);
}
