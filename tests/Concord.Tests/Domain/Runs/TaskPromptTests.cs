using System.Text;
using Concord.Core.Domain.Replies;
using Concord.Core.Domain.Runs;

namespace Concord.Tests.Domain.Runs;

public sealed class TaskPromptTests
{
    [Fact]
    public void The_instructions_repeated_are_no_files()
    {
        foreach (
            var reply in new[]
            {
                TaskPrompt.Instructions,
                $"I understand:\n\n> {TaskPrompt.Instructions}",
                $"```\n{TaskPrompt.Instructions}```\n",
            }
        )
            Assert.NotNull(ReplyFiles.Parse(reply).Failure);
        Assert.DoesNotContain("`", TaskPrompt.Instructions, StringComparison.Ordinal);
        Assert.DoesNotContain("**", TaskPrompt.Instructions, StringComparison.Ordinal);
    }

    [Fact]
    public void A_whole_starter_file_is_shown_as_an_answer_would_give_it()
    {
        var text = Prompt(new StarterFile("notes.md", "a\n````js\nx\n````"u8.ToArray()));

        var file = Assert.Single(ReplyFiles.Parse(text).Files);
        Assert.Equal(("notes.md", "a\n````js\nx\n````\n"), (file.Path, file.Content));
    }

    [Fact]
    public void A_large_file_is_shown_in_part_and_not_as_a_file_to_repeat()
    {
        var rows = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{i},ä\n")));

        var text = Prompt(new StarterFile("data.csv", rows));

        Assert.Contains($"**data.csv** has {rows.Length} bytes; it begins:", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\n19999,", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\uFFFD', text);
        Assert.NotNull(ReplyFiles.Parse(text).Failure);
    }

    [Fact]
    public void A_large_file_without_lines_is_cut_between_characters()
    {
        var text = Prompt(new StarterFile("one.txt", Encoding.UTF8.GetBytes("a" + new string('ä', 30_000))));

        Assert.DoesNotContain('\uFFFD', text);
    }

    [Fact]
    public void What_is_not_text_is_named_only()
    {
        Assert.Contains(
            "map.png (not text, 3 bytes)",
            Prompt(new StarterFile("map.png", new byte[] { 0x89, 0, 1 })),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_system_prompt_goes_first()
    {
        var messages = TaskPrompt.Messages(Given.Challenge(), [], "Be brief.");

        Assert.Equal(["system", "user"], messages.Select(m => m.Role));
        Assert.StartsWith("Draw.\n\n", messages[1].Content, StringComparison.Ordinal);
        Assert.EndsWith(TaskPrompt.Instructions, messages[1].Content, StringComparison.Ordinal);
    }

    private static string Prompt(params StarterFile[] starters) =>
        TaskPrompt.Messages(Given.Challenge(), starters, null)[0].Content;
}
