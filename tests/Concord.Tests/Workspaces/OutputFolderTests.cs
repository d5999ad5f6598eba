using Concord.Core.Domain;
using Concord.Tests.Support;

namespace Concord.Tests.Workspaces;

public sealed class OutputFolderTests
{
    private const string Folder = "benchmarks/outputs/bars/lab/one";

    [Fact]
    public void An_output_id_is_what_sha256sum_and_a_pencil_give() =>
        // printf 'index.html\t%s\n' "$(printf '<p>one</p>\n' | sha256sum | cut -c-64)" | sha256sum | cut -c-12
        Assert.Equal("2244b53bc122", Reading.Output(Reading.Of(_ => { }), "lab/one").Id?.Value);

    [Fact]
    public void An_output_id_is_over_all_files_sorted_by_their_UTF8_paths()
    {
        // The same by Python's hashlib; U+FF5E sorts before U+1F600 in UTF-8 and after it in UTF-16.
        var output = Reading.Output(
            Reading.Of(f =>
            {
                f.Write($"{Folder}/files/a/b.js", "1\n");
                f.Write($"{Folder}/files/a.js", [0x00, 0xFF]);
                f.Write($"{Folder}/files/\uFF5E.txt", "x");
                f.Write($"{Folder}/files/😀.txt", "y");
            }),
            "lab/one"
        );

        Assert.Equal("3f4460a41e64", output.Id?.Value);
        Assert.Equal(["a.js", "a/b.js", "index.html", "\uFF5E.txt", "😀.txt"], output.Files);
    }

    [Fact]
    public void Other_files_of_the_folder_do_not_change_the_id()
    {
        var reading = Reading.Of(f =>
        {
            f.Write($"{Folder}/response.md", "reply");
            f.Write($"{Folder}/render.json", "{}");
            f.Write($"{Folder}/screenshot.png", [1, 2, 3]);
        });

        Assert.Empty(reading.Errors);
        Assert.Equal("2244b53bc122", Reading.Output(reading, "lab/one").Id?.Value);
    }

    [Fact]
    public void A_failed_output_has_no_id_and_keeps_its_reason()
    {
        var output = Reading.Output(
            Reading.Of(f => f.Write($"{Folder}/output.json", "{\"status\": \"error\", \"reason\": \"timed out\"}")),
            "lab/one"
        );

        Assert.Equal((null, "timed out"), (output.Id?.Value, output.Failure));
    }

    [Fact]
    public void An_output_without_files_has_no_id()
    {
        var reading = Reading.Of(f => f.Write("benchmarks/outputs/bars/lab/three/response.md", "no files"));

        Assert.Equal(
            (null, "The output has no files."),
            (Reading.Output(reading, "lab/three").Id?.Value, Reading.Output(reading, "lab/three").Failure)
        );
        Assert.Empty(reading.Errors);
    }

    [Theory]
    [InlineData("lab/one/more")]
    [InlineData("lab")]
    public void A_model_whose_folder_holds_another_models_is_refused(string model)
    {
        var reading = Reading.Of(f => TestWorkspace.AddOutput(f, "bars", model, "x"));

        Assert.Contains(reading.Errors, e => e.Rule == "nested-output");
    }

    [Fact]
    public void A_model_inside_another_is_refused_though_a_third_sorts_between_them()
    {
        var reading = Reading.Of(f =>
        {
            TestWorkspace.AddOutput(f, "bars", "lab/one-b", "x");
            TestWorkspace.AddOutput(f, "bars", "lab/one/more", "x");
        });

        Assert.Equal(("nested-output", "benchmarks/outputs/bars/lab/one/more"), Reading.Error(reading));
        Assert.Equal(["lab/one", "lab/one-b", "lab/two"], reading.Workspace!.Outputs.Select(o => o.Key.Model.Value));
    }

    [Theory]
    [InlineData("{\"status\": \"ok\", \"modle\": \"x\"}", "unknown-key")]
    [InlineData("{\"status\": \"maybe\"}", "wrong-value")]
    [InlineData("{\"status\": \"ok\", \"model\": \"lab/two\"}", "wrong-value")]
    [InlineData("{\"model\": \"lab/one\"}", "missing-key")]
    [InlineData("{\"status\": ", "json-syntax")]
    [InlineData("[]", "wrong-type")]
    public void An_output_json_that_cannot_be_is_reported(string json, string rule) =>
        Assert.Equal((rule, $"{Folder}/output.json"), Reading.Error(Reading.Of(f => f.Write($"{Folder}/output.json", json))));

    [Fact]
    public void Status_ok_without_files_is_an_error()
    {
        var reading = Reading.Of(f => f.Write("benchmarks/outputs/bars/lab/three/output.json", "{\"status\": \"ok\"}"));

        Assert.Equal(("no-files", "benchmarks/outputs/bars/lab/three/output.json"), Reading.Error(reading));
    }

    [Theory]
    [InlineData("benchmarks/outputs/bars/lab/one/notes.txt", "unexpected-file")]
    [InlineData("benchmarks/outputs/bars/stray.txt", "wrong-id")]
    [InlineData("benchmarks/outputs/stray/output.json", "wrong-id")]
    [InlineData("benchmarks/outputs/bars/la b/output.json", "wrong-id")]
    [InlineData("benchmarks/outputs/bars/a/b/c/d/output.json", "wrong-id")]
    [InlineData("benchmarks/outputs/b ars/lab/output.json", "wrong-id")]
    [InlineData("benchmarks/challenges/bars/hint.md", "unexpected-file")]
    [InlineData("benchmarks/challenges/b ars/prompt.md", "wrong-id")]
    [InlineData("benchmarks/challenges/stray.md", "missing-file")]
    [InlineData("grades/sub/ada-2026-11-02.csv", "unexpected-file")]
    public void A_file_that_does_not_belong_is_reported(string path, string rule) =>
        Assert.Contains(rule, Reading.Of(f => f.Write(path, "x")).Errors.Select(e => e.Rule));

    [Fact]
    public void What_was_sent_and_what_checks_found_are_read()
    {
        var output = Reading.Output(
            Reading.Of(f =>
            {
                f.Write($"{Folder}/request.json", "{\"messages\": [{\"role\": \"user\", \"content\": \"Draw.\"}]}");
                f.Write(
                    $"{Folder}/checks.json",
                    "{\"checks\": [{\"check\": \"loads\", \"passed\": true}, {\"check\": \"size\", \"value\": 2.5, \"detail\": \"kB\"}]}"
                );
            }),
            "lab/one"
        );

        Assert.Equal([new Message("user", "Draw.")], output.Request);
        Assert.Equal([new CheckResult("loads", true, null, ""), new CheckResult("size", null, 2.5, "kB")], output.Checks);
    }
}
