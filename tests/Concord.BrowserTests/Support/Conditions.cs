namespace Concord.BrowserTests.Support;

/// <summary>Waits for what is not on the page: files, commits.</summary>
internal static class Conditions
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    public static async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        for (var began = TimeProvider.System.GetTimestamp(); !await holds(); await Task.Delay(Pause))
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, $"Never: {what}");
    }

    public static Task UntilAsync(Func<bool> holds, string what) => UntilAsync(() => Task.FromResult(holds()), what);
}
