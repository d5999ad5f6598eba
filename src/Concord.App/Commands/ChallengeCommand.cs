using System.CommandLine;
using Concord.Core.Domain;
using Concord.Pipeline.Scaffolding;

namespace Concord.App.Commands;

internal static class ChallengeCommand
{
    public static Command Create(Terminal terminal)
    {
        var id = new Argument<string>("ID") { Description = "The folder's name below benchmarks/challenges/." };
        var title = new Option<string?>("--title") { Description = "The title for people; else the id.", HelpName = "TEXT" };
        var kind = new Option<string>("--kind")
        {
            Description = "visualization or code.",
            DefaultValueFactory = _ => "visualization",
            HelpName = "KIND",
        };
        kind.AcceptOnlyFromAmong([.. Names.All<ChallengeKind>()]);
        var add = new Command("add", "Add a challenge to fill in.") { id, title, kind };
        var options = new WorkspaceOptions(terminal).AddTo(add, at: false, json: false);
        add.SetAction(
            async (parsed, _) =>
            {
                var text = parsed.GetValue(id)!;
                if (!ChallengeId.TryParse(text, out var challenge))
                    throw new ConcordException("wrong-id", $"'{text}' cannot be a challenge's name.", ChallengeId.Rule);
                foreach (
                    var path in NewFiles.Challenge(
                        options.Root(parsed),
                        challenge,
                        parsed.GetValue(title) ?? text,
                        Enum.Parse<ChallengeKind>(parsed.GetValue(kind)!, true)
                    )
                )
                    await terminal.Out.WriteLineAsync($"wrote {path}");
                await terminal.Out.WriteLineAsync(
                    parsed.GetValue(kind) == Names.Of(ChallengeKind.Code)
                        ? "Write the task into prompt.md; put its tests into files/ beside it, their command under 'checks:' and their folder under 'protected:' of challenge.yaml."
                        : "Write the task into prompt.md; put starter files such as data.csv into files/ beside it."
                );
                return ConcordCli.Done;
            }
        );
        return new("challenge", "Challenges: what models are asked to do.") { add };
    }
}
