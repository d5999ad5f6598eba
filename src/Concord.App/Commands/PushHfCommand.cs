using System.CommandLine;
using System.Globalization;
using Concord.Core.Domain;
using Concord.Pipeline.Pushing;

namespace Concord.App.Commands;

internal static class PushHfCommand
{
    public static Command Create(Terminal terminal)
    {
        var name = new Argument<string>("OWNER/NAME") { Description = "The dataset on the Hub; made where it is not there." };
        var folder = new Argument<string>("FOLDER")
        {
            Description = "A dataset folder of 'concord export', with its README.md; hidden files are left out.",
        };
        var isPrivate = new Option<bool>("--private") { Description = "Make a new dataset private." };
        var pull = new Option<bool>("--create-pr") { Description = "Open a pull request, and change no branch." };
        var tag = new Option<string?>("--tag") { Description = "Tag the commit; a tag is never moved.", HelpName = "TAG" };
        var message = new Option<string?>("--message") { Description = "The commit's message.", HelpName = "TEXT" };
        var branch = new Option<string?>("--branch", "--revision")
        {
            Description = "The branch, made from main where it is not there; else main.",
            HelpName = "BRANCH",
        };
        var dry = new Option<bool>("--dry-run") { Description = "Tell what would be pushed, and change nothing." };
        var command = new Command(
            "hf",
            "Push a dataset folder to the Hugging Face Hub in one commit. HF_TOKEN has the token, HF_ENDPOINT another Hub's address. What is there is not sent again."
        )
        {
            name,
            folder,
            isPrivate,
            pull,
            tag,
            message,
            branch,
            dry,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var options = new PushOptions(
                    parsed.GetValue(name)!,
                    Path.GetFullPath(parsed.GetValue(folder)!, terminal.Folder),
                    ConcordCli.Version,
                    Environment.GetEnvironmentVariable,
                    TimeProvider.System,
                    terminal.Error.WriteLine
                )
                {
                    Private = parsed.GetValue(isPrivate),
                    AsPullRequest = parsed.GetValue(pull),
                    DryRun = parsed.GetValue(dry),
                    Tag = parsed.GetValue(tag),
                    Message = parsed.GetValue(message),
                    Revision = parsed.GetValue(branch),
                };
                var outcome = await new PushRun(options).RunAsync(cancellation);
                foreach (var line in options.DryRun ? Planned(outcome, options) : Done(outcome, options))
                    await terminal.Out.WriteLineAsync(line);
                return ConcordCli.Done;
            }
        );
        return command;
    }

    private static IEnumerable<string> Done(PushOutcome outcome, PushOptions options)
    {
        var to = $"{outcome.Dataset}, {outcome.Revision}";
        if (outcome.IsNew)
            yield return $"Created the {(options.Private ? "private " : "")}dataset {outcome.Dataset}.";
        if (outcome.IsNewBranch)
            yield return $"Created the branch {outcome.Revision}.";
        if (!outcome.IsCommitted)
            yield return outcome.IsPullRequest
                ? $"An open pull request has all of it; nothing was pushed to {to}."
                : $"All {Counted(outcome.Same, "file")} are there; nothing was pushed to {to}.";
        else
        {
            var change = outcome.IsPullRequest ? "Opened a pull request with" : "Pushed";
            yield return $"{change} {Counted(outcome.Files.Count, "file")} to {to}: {Ways(outcome)}{Rest(outcome)}.";
        }
        foreach (var path in outcome.Removed)
            yield return $"Removed {PlainText.Of(path)}, a part of an earlier push.";
        if (options.Tag is { } tag)
            yield return outcome.WasTagged ? $"The tag {tag} is there, at this commit." : $"Tagged it {tag}.";
        yield return outcome.Page;
    }

    private static string Ways(PushOutcome outcome)
    {
        var large = outcome.Files.Count(f => f.Way == PushedWay.Large);
        var regular = outcome.Files.Where(f => f.Way != PushedWay.Large).ToArray();
        var found = outcome.Found > 0 ? $" and {Bytes(outcome.Found)} already in the store" : "";
        return string.Join(
            ", ",
            new[]
            {
                large > 0 ? $"{large} large ({Bytes(outcome.Sent)} sent{found})" : "",
                regular.Length > 0 ? $"{regular.Length} regular ({Bytes(regular.Sum(f => f.Size))} in the commit)" : "",
                outcome.Files.Count == 0 ? "only removals" : "",
            }.Where(t => t.Length > 0)
        );
    }

    private static IEnumerable<string> Planned(PushOutcome outcome, PushOptions options)
    {
        var to = $"{outcome.Dataset}, {outcome.Revision}";
        if (outcome.IsNew)
            yield return $"Would create the {(options.Private ? "private " : "")}dataset {outcome.Dataset}.";
        if (outcome.IsNewBranch)
            yield return $"Would create the branch {outcome.Revision}.";
        if (outcome.Files.Count == 0 && outcome.Removed.Count == 0)
            yield return outcome is { IsPullRequest: true }
                ? $"An open pull request has all of it; nothing would be pushed to {to}."
                : $"All {Counted(outcome.Same, "file")} are there; nothing would be pushed to {to}.";
        else
        {
            var change = outcome.IsPullRequest ? "Would open a pull request with" : "Would push";
            yield return $"{change} {Counted(outcome.Files.Count, "file")} ({Bytes(outcome.Files.Sum(f => f.Size))}) to {to}{Rest(outcome)}:";
            foreach (var file in outcome.Files)
                yield return $"    {PlainText.Of(file.Path)}, {Bytes(file.Size)}{Way(file.Way)}";
        }
        foreach (var path in outcome.Removed)
            yield return $"Would remove {PlainText.Of(path)}, a part of an earlier push.";
        if (options.Tag is { } tag)
            yield return outcome.WasTagged ? $"The tag {tag} is there, at this commit." : $"Would tag it {tag}.";
        yield return outcome.Page;
    }

    private static string Way(PushedWay way) =>
        way switch
        {
            PushedWay.Large => ", large",
            PushedWay.Regular => ", regular",
            PushedWay.Unknown => "",
            _ => throw new ArgumentOutOfRangeException(nameof(way), way, null),
        };

    private static string Rest(PushOutcome outcome) => outcome.Same > 0 ? $"; {outcome.Same} there already" : "";

    private static string Counted(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";

    private static string Bytes(long count) =>
        count < 1000 ? $"{count} bytes"
        : count < 1_000_000 ? string.Create(CultureInfo.InvariantCulture, $"{count / 1e3:0.0} KB")
        : count < 1_000_000_000 ? string.Create(CultureInfo.InvariantCulture, $"{count / 1e6:0.0} MB")
        : string.Create(CultureInfo.InvariantCulture, $"{count / 1e9:0.00} GB");
}
