using System.CommandLine;
using Concord.Core.Domain;
using Concord.Pipeline.Csv;
using Concord.Pipeline.Trees;

namespace Concord.App.Commands;

/// <summary>The driver by which git merges grade files (src/decisions/0026-merging-grades.md).</summary>
internal static class MergeGradesCommand
{
    public const string Name = "merge-grades";

    public static Command Create(Terminal terminal)
    {
        var ancestor = new Argument<string>("BASE") { Description = "The file that both began from (git's %O)." };
        var ours = new Argument<string>("OURS") { Description = "Our file, which is replaced by the merged one (%A)." };
        var theirs = new Argument<string>("THEIRS") { Description = "The other file (%B)." };
        var path = new Argument<string>("PATH")
        {
            Description = "The file's name in the repository, for messages (%P).",
            DefaultValueFactory = _ => "the grade file",
        };
        var command = new Command(Name, "Merge two states of one grader's file, row by row; git calls it.")
        {
            ancestor,
            ours,
            theirs,
            path,
        };
        command.SetAction(parsed =>
        {
            var (name, target) = (parsed.GetValue(path)!, In(ours));
            var merge = GradeMerge.Of(
                File.ReadAllBytes(In(ancestor)),
                File.ReadAllBytes(target),
                File.ReadAllBytes(In(theirs)),
                name
            );
            AtomicFile.Replace(target, merge.Bytes);
            foreach (var sentence in merge.Replaced)
                terminal.Error.WriteLine($"{PlainText.Of(name)}: {PlainText.Of(sentence)}");
            return ConcordCli.Done;

            string In(Argument<string> argument) => Path.GetFullPath(parsed.GetValue(argument)!, terminal.Folder);
        });
        return command;
    }
}
