using Concord.Core.Domain;
using Concord.Pipeline.Documents;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Workspaces;

/// <summary>Reads the JSON files beside an output: what was sent, and what automatic checks found.</summary>
internal static class OutputJson
{
    public static readonly string[] OutputKeys =
    [
        "schema",
        "run",
        "model",
        "status",
        "reason",
        "challenge_digest",
        "source",
        "license",
        "parameters",
        "tokens",
        "cost_usd",
        "seconds",
        "started_at",
    ];

    public static IReadOnlyList<Message> Request(FileTree tree, string path, List<Problem> problems)
    {
        var messages = new List<Message>();
        var list = new ProblemList(path);
        if (Open(tree, list, "request.json", ["schema", "model", "parameters", "messages", "endpoint", "provider"]) is { } map)
            foreach (var node in map.List("messages"))
                if (DocumentMap.Open(node, list, "a message", ["role", "content"]) is { } message)
                    messages.Add(new(message.Text("role"), message.Text("content")));
        problems.AddRange(list.Problems);
        return messages;
    }

    public static OutputChecks Checks(FileTree tree, string path, List<Problem> problems)
    {
        OutputId? output = null;
        var checks = new List<CheckResult>();
        var list = new ProblemList(path);
        if (Open(tree, list, "checks.json", ["schema", "output", "checks"]) is { } map)
        {
            if (map.OptionalText("output") is { } text)
            {
                if (OutputId.TryParse(text, out var id))
                    output = id;
                else
                    list.Error("wrong-id", map.Find("output")!, $"'{PlainText.Of(text)}' is not an output id.", OutputId.Rule);
            }
            foreach (var node in map.List("checks"))
                if (DocumentMap.Open(node, list, "a check", ["check", "passed", "value", "detail"]) is { } check)
                    checks.Add(
                        new(
                            check.Text("check"),
                            check.Find("passed") is null ? null : check.Flag("passed", false),
                            check.OptionalNumber("value", _ => null),
                            check.OptionalText("detail") ?? ""
                        )
                    );
        }
        problems.AddRange(list.Problems);
        return new(output, checks);
    }

    /// <summary>Reports a schema that is not known here.</summary>
    public static DocumentMap? OfKnownSchema(DocumentMap? map, ProblemList problems)
    {
        if (map?.Find("schema") is { } schema && schema.Value != "1")
            problems.Error("unknown-schema", schema, "The schema is not 1.", "Update Concord, or write 1.");
        return map;
    }

    private static DocumentMap? Open(FileTree tree, ProblemList problems, string what, string[] keys) =>
        tree.Read(problems.Path) is { } bytes && JsonFile.Parse(bytes, problems) is { } root
            ? OfKnownSchema(DocumentMap.Open(root, problems, what, keys), problems)
            : null;
}
