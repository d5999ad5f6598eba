using System.Text.Json.Nodes;
using Concord.Core.Domain;
using Concord.Pipeline.Workspaces;
using Concord.Tests.Support;

namespace Concord.Tests.Workspaces;

public sealed class CheckFileTests : IDisposable
{
    private static readonly OutputId Id = OutputId.Parse("3fa9c1d20b7e");
    private static readonly OutputId Other = OutputId.Parse("000000000001");
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Checks_are_written_sorted_and_without_what_they_do_not_say()
    {
        Merge(new("b", null, 1.5, ""), new("a", true, 2.0 / 3, "2 of 3 é"));

        Assert.Equal(
            """
            {
              "schema": 1,
              "output": "3fa9c1d20b7e",
              "checks": [
                {
                  "check": "a",
                  "passed": true,
                  "value": 0.666667,
                  "detail": "2 of 3 é"
                },
                {
                  "check": "b",
                  "value": 1.5
                }
              ]
            }

            """,
            _folder.Read("checks.json")
        );
    }

    [Fact]
    public void Checks_of_the_same_name_are_replaced_and_others_kept()
    {
        Merge(new("a", true, null, ""), new("b", true, null, "old"));

        Merge(new("b", false, null, "new"), new("c", null, 0, ""));

        var text = _folder.Read("checks.json");
        Assert.Equal(3, text.Split("\"check\"").Length - 1);
        Assert.Contains("\"new\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"old\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tools_own_checks_go_where_they_have_no_new_result()
    {
        Merge(new("ready", true, null, ""), new("tests", true, null, ""));

        CheckFile.Merge(_folder.Path, Id, [new("rendered", true, null, "")], ["ready", "rendered"]);

        Assert.Equal(["rendered", "tests"], Names());
    }

    [Fact]
    public void The_file_goes_with_its_last_check()
    {
        Merge(new CheckResult("ready", true, null, ""));

        CheckFile.Merge(_folder.Path, Id, [], ["ready"]);
        CheckFile.Merge(_folder.Path, Id, [], ["ready"]);

        Assert.False(File.Exists(_folder["checks.json"]));
    }

    [Fact]
    public void Checks_of_other_files_go_and_those_that_do_not_say_stay()
    {
        CheckFile.Merge(_folder.Path, Other, [new("tests", true, null, "")], []);
        Merge(new CheckResult("rendered", true, null, ""));
        Assert.Equal(["rendered"], Names());

        _folder.Write("checks.json", "{\"schema\":1,\"checks\":[{\"check\":\"tests\",\"passed\":true}]}");
        Merge(new CheckResult("rendered", true, null, ""));
        Assert.Equal(["rendered", "tests"], Names());
    }

    [Fact]
    public void The_same_checks_leave_the_file_untouched()
    {
        Merge(new CheckResult("a", true, 1, "x"));
        var before = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(_folder["checks.json"], before);

        Merge(new CheckResult("a", true, 1, "x"));

        Assert.Equal(before, File.GetLastWriteTimeUtc(_folder["checks.json"]));
        Assert.Equal(["checks.json"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_an_error_and_stays()
    {
        _folder.Write("checks.json", "{\"schema\": 1, \"checks\": [{\"chek\": \"a\"}]}");

        var failure = Assert.Throws<ConcordException>(() => Merge(new CheckResult("a", true, null, "")));

        Assert.All(failure.Problems, p => Assert.Equal(_folder["checks.json"], p.Path));
        Assert.Contains("chek", _folder.Read("checks.json"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_gone_is_not_made_again() =>
        Assert.Equal(
            "no-output",
            Assert.Throws<ConcordException>(() => CheckFile.Merge(_folder["gone"], Id, [], [])).Problems[0].Rule
        );

    private void Merge(params CheckResult[] checks) => CheckFile.Merge(_folder.Path, Id, checks, []);

    private string[] Names() =>
        [.. JsonNode.Parse(_folder.Read("checks.json"))!["checks"]!.AsArray().Select(c => (string)c!["check"]!)];
}
