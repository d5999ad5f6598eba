using System.CommandLine;
using Concord.Core.Domain;
using Concord.Pipeline.Scaffolding;

namespace Concord.App.Commands;

internal static class GraderCommand
{
    public static Command Create(Terminal terminal)
    {
        var id = new Argument<string>("ID") { Description = "The slug that names the grader's files." };
        var name = new Option<string?>("--name") { Description = "The name for people; else the id.", HelpName = "TEXT" };
        var email = new Option<string[]>("--email")
        {
            Description = "An address that the grader commits with; may be given again.",
            HelpName = "ADDRESS",
        };
        var github = new Option<string?>("--github") { Description = "The login at the forge.", HelpName = "LOGIN" };
        var kind = new Option<string>("--kind")
        {
            Description = "human, expert, model or automatic.",
            DefaultValueFactory = _ => "human",
            HelpName = "KIND",
        };
        kind.AcceptOnlyFromAmong([.. Names.All<GraderKind>()]);
        var role = new Option<string>("--role")
        {
            Description = "grader, or lead, who may import and adjudicate.",
            DefaultValueFactory = _ => "grader",
            HelpName = "ROLE",
        };
        role.AcceptOnlyFromAmong([.. Names.All<GraderRole>()]);
        var add = new Command("add", "Add a grader to graders.yaml.") { id, name, email, github, kind, role };
        var options = new WorkspaceOptions(terminal).AddTo(add, at: false, json: false);
        add.SetAction(
            async (parsed, _) =>
            {
                var text = parsed.GetValue(id)!;
                if (!GraderId.TryParse(text, out var grader))
                    throw new ConcordException("wrong-id", $"'{text}' cannot be a grader's slug.", GraderId.Rule);
                // As people write it to each other.
                var login = parsed.GetValue(github) is ['@', .. var bare] ? bare : parsed.GetValue(github);
                if (login is not null && !GitHubLogin.IsLogin(login))
                    throw new ConcordException(
                        "wrong-login",
                        $"'{PlainText.Of(login)}' cannot be a login at GitHub.",
                        GitHubLogin.Rule
                    );
                NewFiles.Grader(
                    options.Root(parsed),
                    new(
                        grader,
                        parsed.GetValue(name) ?? text,
                        parsed.GetValue(email) ?? [],
                        login,
                        Enum.Parse<GraderKind>(parsed.GetValue(kind)!, true),
                        Enum.Parse<GraderRole>(parsed.GetValue(role)!, true),
                        [],
                        1
                    )
                );
                await terminal.Out.WriteLineAsync($"Added {grader} to benchmarks/graders.yaml.");
                if (parsed.GetValue(email) is null or { Length: 0 })
                    await terminal.Error.WriteLineAsync(
                        "Without --email, 'concord check --base' cannot tell whether the grader's files are changed by somebody else."
                    );
                await terminal.Error.WriteLineAsync(
                    login is null
                        ? "Without --github, CI cannot tell by the login whose files a pull request may change: it warns, and merges none by rule."
                        : "Whoever maintains the repository then runs 'concord doctor --fix' (.github/CODEOWNERS)."
                );
                return ConcordCli.Done;
            }
        );
        return new("grader", "Graders: who grades.") { add };
    }
}
