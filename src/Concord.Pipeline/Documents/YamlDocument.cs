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
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _))
                return new(NodeKind.Null, "", [], [], 1, 1);
            parser.Consume<DocumentStart>();
            var root = Node(parser, problems, 0);
            parser.Consume<DocumentEnd>();
            if (root is not null && !parser.Accept<StreamEnd>(out var more))
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
        problems.Error(
            "yaml-syntax",
            Line(parser),
            null,
            "Anchors and aliases ('&', '*') are not read here.",
            "Write the value out where it is used."
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
