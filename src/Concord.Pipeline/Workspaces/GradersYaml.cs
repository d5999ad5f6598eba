using Concord.Core.Domain;
using Concord.Pipeline.Documents;

namespace Concord.Pipeline.Workspaces;

/// <summary>Reads <c>benchmarks/graders.yaml</c>.</summary>
internal static class GradersYaml
{
    public const string Path = "benchmarks/graders.yaml";

    public static List<Grader>? Read(DocumentNode root, ProblemList problems)
    {
        var graders = new List<Grader>();
        if (root.Kind == NodeKind.Null)
            return graders;
        if (root.Kind != NodeKind.List)
        {
            problems.Error(
                "wrong-type",
                root,
                "graders.yaml should be a list.",
                "Write one '- {id: …, name: …}' for each grader."
            );
            return null;
        }
        foreach (var node in root.Items)
        {
            if (
                DocumentMap.Open(
                    node,
                    problems,
                    "a grader",
                    ["id", "name", "emails", "github", "kind", "role", "groups", "weight"]
                )
                    is not { } map
                || map.Id<GraderId>("id", GraderId.TryParse, GraderId.Rule) is not { } id
            )
                continue;
            foreach (var address in map.Texts("emails"))
            {
                if (!address.Contains('@', StringComparison.Ordinal))
                    problems.Error(
                        "wrong-email",
                        map.Find("emails")!,
                        $"'{address}' is not an e-mail address.",
                        "Write the address that the grader commits with."
                    );
                else if (graders.Find(g => g.Emails.Contains(address, StringComparer.OrdinalIgnoreCase)) is { } other)
                    problems.Error(
                        "duplicate-email",
                        map.Find("emails")!,
                        $"'{address}' is the address of '{other.Id}' too.",
                        "Every grader has addresses of their own."
                    );
            }
            if (map.OptionalText("github") is { } login && !GitHubLogin.IsLogin(login))
                problems.Error(
                    "wrong-login",
                    map.Find("github")!,
                    $"'{PlainText.Of(login)}' cannot be a login at GitHub.",
                    GitHubLogin.Rule
                );
            if (graders.Exists(g => g.Id == id))
                problems.Error("duplicate-id", node, $"The grader '{id}' is listed twice.", "Remove one of them.");
            else
                graders.Add(
                    new(
                        id,
                        map.OptionalText("name") ?? id.Value,
                        map.Texts("emails"),
                        map.OptionalText("github"),
                        map.Choice("kind", GraderKind.Human),
                        map.Choice("role", GraderRole.Grader),
                        map.Texts("groups"),
                        map.Number("weight", 1, w => w is > 0 and <= 1e6 ? null : "a number above 0")
                    )
                );
        }
        return graders;
    }
}
