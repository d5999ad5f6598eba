namespace Concord.Tests.GitHub;

/// <summary>A test of the client as grader-a, before a GitHub with acme/bench; each has one of its own.</summary>
public abstract class GitHubTests : IAsyncLifetime
{
    private protected FakeGitHub Fake { get; private set; } = null!;

    private protected FakeRepository Bench { get; private set; } = null!;

    private protected GitHubSession Session { get; private set; } = null!;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public virtual async ValueTask InitializeAsync()
    {
        (Fake, Bench) = await GitHubSession.StartAsync();
        Session = GitHubSession.With(Fake);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Session.Dispose();
        await Fake.DisposeAsync();
    }
}
