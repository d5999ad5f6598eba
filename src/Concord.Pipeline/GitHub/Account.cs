namespace Concord.Pipeline.GitHub;

/// <summary>A user, an organisation, or a bot.</summary>
/// <param name="Login">Its name there; case makes no difference.</param>
internal sealed record Account(string Login)
{
    public long Id { get; init; }

    /// <summary><c>User</c>, <c>Organization</c> or <c>Bot</c>.</summary>
    public string? Type { get; init; }

    public bool IsBot => Type == "Bot";

    public bool Is(string login) => string.Equals(Login, login, StringComparison.OrdinalIgnoreCase);
}
