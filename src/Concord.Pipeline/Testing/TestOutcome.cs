using Concord.Core.Domain;
using Concord.Pipeline.Sandbox;

namespace Concord.Pipeline.Testing;

/// <summary>What one command of tests came to, in words that are the same in every run: no times, no places.</summary>
/// <param name="Passed">Tests that passed.</param>
/// <param name="Total">Tests, at least one; a command that counts none is one.</param>
/// <param name="Detail">A sentence.</param>
internal sealed record TestOutcome(int Passed, int Total, string Detail)
{
    public static TestOutcome Of(SandboxResult result, SandboxLimits limits) =>
        result.End switch
        {
            // What was printed before is no result: it may have been printed in order to look like one.
            SandboxEnd.TimeUp => new(0, 1, $"Stopped after {NumberText.Of(limits.Time.TotalSeconds)} seconds."),
            SandboxEnd.MemoryUp => new(0, 1, $"Stopped at {limits.MemoryBytes >> 20} MiB of memory."),
            SandboxEnd.OutputUp => new(0, 1, $"Stopped at {limits.OutputBytes >> 10} KiB of output."),
            SandboxEnd.Exited => Counted(TestCounts.In(Printed(result)), result.ExitCode),
            _ => throw new ArgumentOutOfRangeException(nameof(result), result.End, null),
        };

    // Runners name a file that cannot be loaded by its full path.
    private static string Printed(SandboxResult result) =>
        $"{result.Output}\n{result.Error}".Replace(result.Folder.TrimEnd('/') + "/", "", StringComparison.Ordinal);

    private static TestOutcome Counted(TestCounts? counts, int code) =>
        counts switch
        {
            null => new(code == 0 ? 1 : 0, 1, code == 0 ? "Ended well." : Ended(code)),
            { Total: 0 } => new(0, 1, "No test ran."),
            { } c when c.Passed == c.Total && code != 0 => new(
                c.Passed,
                c.Total + 1,
                $"{c.Passed} of {c.Total} tests passed, but then: {Ended(code)}"
            ),
            { Failed.Count: > 0 } c => new(
                c.Passed,
                c.Total,
                $"{c.Passed} of {c.Total} tests passed; failed: {string.Join(", ", c.Failed)}."
            ),
            { } c => new(c.Passed, c.Total, $"{c.Passed} of {c.Total} tests passed."),
        };

    private static string Ended(int code) => code > 128 ? $"Ended by signal {code - 128}." : $"Ended with exit code {code}.";
}
