using Concord.Pipeline.GitHub;
using Concord.Pipeline.Http;

namespace Concord.Tests.GitHub;

/// <summary>Where remotes lead, and where their API and pages are.</summary>
public sealed class RemoteAddressTests
{
    [Theory]
    [InlineData("https://github.com/acme/bench.git", "github.com", "acme/bench")]
    [InlineData("https://github.com/acme/bench/", "github.com", "acme/bench")]
    [InlineData("https://GitHub.com/Acme/Bench.GIT", "github.com", "Acme/Bench")]
    [InlineData("https://www.github.com/acme/bench", "github.com", "acme/bench")]
    [InlineData("https://user:s3cret@github.com/acme/bench.git?x=1#y", "github.com", "acme/bench")]
    [InlineData("https://x-access-token:ghp_x@ghe.example:8443/acme/bench.git", "ghe.example:8443", "acme/bench")]
    [InlineData("git@github.com:acme/bench.git", "github.com", "acme/bench")]
    [InlineData("git@github.com:/acme/bench.git", "github.com", "acme/bench")]
    [InlineData("github.com:acme/bench", "github.com", "acme/bench")]
    [InlineData("org-123@ghe.example:acme/my.bench", "ghe.example", "acme/my.bench")]
    [InlineData("ssh://git@github.com/acme/bench.git", "github.com", "acme/bench")]
    [InlineData("ssh://git@ssh.github.com:443/acme/bench.git", "github.com", "acme/bench")]
    [InlineData("ssh://git@ghe.example:2222/acme/bench", "ghe.example", "acme/bench")]
    [InlineData("git+ssh://git@ghe.example/acme/bench", "ghe.example", "acme/bench")]
    [InlineData("git://ghe.example/acme/bench", "ghe.example", "acme/bench")]
    [InlineData("https://gitlab.example/group/sub/bench.git", "gitlab.example", "group/sub/bench")]
    [InlineData("http://127.0.0.1:4000/acme/bench.git", "127.0.0.1:4000", "acme/bench")]
    [InlineData("http://[::1]:4000/acme/bench.git", "[::1]:4000", "acme/bench")]
    public void A_remote_leads_to_a_host_and_a_repository(string url, string host, string path)
    {
        var remote = RemoteAddress.TryParse(url)!;

        Assert.Equal((host, path), (remote.Host, remote.Path));
        Assert.Equal(path.Count(c => c == '/') == 1, remote.Repository is not null);
        Assert.DoesNotContain("s3cret", remote.ToString());
        Assert.DoesNotContain("ghp_x", remote.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("/srv/git/bench.git")]
    [InlineData("../bench.git")]
    [InlineData("file:///srv/git/bench.git")]
    [InlineData(@"C:\git\bench")]
    [InlineData("C:/git/bench")]
    [InlineData("https://github.com/")]
    [InlineData("https://github.com/acme")]
    [InlineData("https://github.com/acme/..")]
    [InlineData("https://github.com/acme/../../user")]
    [InlineData("https://github.com/acme/%2e%2e/x")]
    [InlineData("git@github.com:acme/../x")]
    [InlineData("https://github.com/acme/be%20nch")]
    [InlineData("https://github.com/acme/bench%0d%0aX: y")]
    [InlineData("ext::sh -c whoami")]
    [InlineData("ftp://github.com/acme/bench")]
    [InlineData("-oProxyCommand=x:acme/bench")]
    public void What_leads_to_no_repository_of_a_host_is_none(string url) => Assert.Null(RemoteAddress.TryParse(url)?.Repository);

    [Theory]
    [InlineData("https://github.com/a/b", "https://api.github.com/", "https://uploads.github.com/", true)]
    [InlineData("git@acme.ghe.com:a/b", "https://api.acme.ghe.com/", "https://uploads.acme.ghe.com/", true)]
    [InlineData("git@ghe.example:a/b", "https://ghe.example/api/v3", "https://ghe.example/api/uploads", true)]
    [InlineData("https://ci.example:8443/a/b", "https://ci.example:8443/api/v3", "https://ci.example:8443/api/uploads", true)]
    [InlineData("http://127.0.0.1:9/a/b", "http://127.0.0.1:9/api/v3", "http://127.0.0.1:9/api/uploads", false)]
    [InlineData("http://plain.example/a/b", "https://plain.example/api/v3", "https://plain.example/api/uploads", false)]
    [InlineData(
        "https://github.com.evil.example/a/b",
        "https://github.com.evil.example/api/v3",
        "https://github.com.evil.example/api/uploads",
        false
    )]
    public void A_host_has_its_API_and_only_the_user_says_that_it_is_a_GitHub(
        string url,
        string api,
        string uploads,
        bool isKnown
    )
    {
        var host = GitHubHost.Of(
            RemoteAddress.TryParse(url)!,
            name =>
                name switch
                {
                    "GH_HOST" => "GHE.example",
                    "GITHUB_SERVER_URL" => "https://ci.example:8443",
                    _ => null,
                }
        );

        Assert.Equal((api, uploads, isKnown), (host.Api.AbsoluteUri, host.Uploads.AbsoluteUri, host.IsKnown));
        Assert.True(host.Owns(new(host.Api, "/x")));
        Assert.False(host.Owns(new("https://evil.example/api/v3/user")));
        Assert.False(host.Owns(new($"https://{host.Api.Host}.evil.example/api/v3/user")));
    }

    [Theory]
    [InlineData("https://a.example/x", true)]
    [InlineData("http://localhost:5/x", true)]
    [InlineData("http://a.example/x", false)]
    [InlineData("ftp://127.0.0.1/x", false)]
    public void Nothing_leaves_this_machine_unencrypted(string address, bool isSafe) =>
        Assert.Equal(isSafe, PlainHttp.IsSafe(new(address)));

    [Theory]
    [InlineData(
        "git@github.com:acme/bench",
        "git@github.com:acme/bench",
        "https://github.com/acme/bench/compare/main...grading/a%20b%23c?expand=1"
    )]
    [InlineData(
        "git@github.com:acme/bench",
        "git@github.com:me/bench",
        "https://github.com/acme/bench/compare/main...me:grading/a%20b%23c?expand=1"
    )]
    [InlineData(
        "git@github.com:acme/bench",
        "git@github.com:Acme/fork",
        "https://github.com/acme/bench/compare/main...Acme:fork:grading/a%20b%23c?expand=1"
    )]
    [InlineData(
        "https://codeberg.org/acme/bench",
        "https://codeberg.org/acme/bench",
        "https://codeberg.org/acme/bench/compare/main...grading/a%20b%23c?expand=1"
    )]
    [InlineData(
        "https://gitlab.com/g/s/bench",
        "https://gitlab.com/g/s/bench",
        "https://gitlab.com/g/s/bench/-/merge_requests/new?merge_request%5Bsource_branch%5D=grading%2Fa%20b%23c&merge_request%5Btarget_branch%5D=main"
    )]
    [InlineData(
        "https://bitbucket.org/acme/bench",
        "https://bitbucket.org/acme/bench",
        "https://bitbucket.org/acme/bench/pull-requests/new?source=grading%2Fa%20b%23c&dest=main"
    )]
    public void The_page_that_opens_a_pull_request_by_hand(string remote, string head, string page) =>
        Assert.Equal(
            page,
            CompareUrl.Of(RemoteAddress.TryParse(remote)!, "main", RemoteAddress.TryParse(head)!, "grading/a b#c").AbsoluteUri
        );

    [Theory]
    [InlineData("acme/bench", true)]
    [InlineData("acme/be.nch_1-2", true)]
    [InlineData("acme", false)]
    [InlineData("acme/bench/x", false)]
    [InlineData("../bench", false)]
    [InlineData("acme/..", false)]
    [InlineData("acme/bench\n", false)]
    [InlineData(null, false)]
    public void A_repositorys_name_is_an_owner_and_a_name(string? text, bool isName) =>
        Assert.Equal(isName, RepositoryName.TryParse(text, out _));

    [Fact]
    public void Names_are_the_same_in_any_case() => Assert.Equal(new RepositoryName("Acme", "bench"), new("acme", "Bench"));

    [Theory]
    [InlineData(null, null)]
    [InlineData(
        """<https://api.github.com/x?page=1>; rel="first", <https://api.github.com/x?page=3>; rel="next" """,
        "https://api.github.com/x?page=3"
    )]
    [InlineData("""<https://api.github.com/x?page=2>; rel="prev", <https://api.github.com/x?page=1>; rel="first" """, null)]
    [InlineData("garbage; rel=next", null)]
    public void The_next_page_is_the_one_that_is_called_so(string? link, string? next) => Assert.Equal(next, NextPage.Of(link));
}
