using Concord.Core.Domain.Grading;

namespace Concord.Tests.Domain.Grading;

/// <summary>A name for people becomes a slug, or none: never one that its owner would not know.</summary>
public sealed class GraderSlugTests
{
    [Theory]
    [InlineData("Ada Sample", "ada-sample")]
    [InlineData("  Zoë   O'Brien, Jr. ", "zoe-obrien-jr")]
    [InlineData("Łukasz Øster-Straße", "lukasz-oster-strasse")]
    [InlineData("Éloïse_2", "eloise-2")]
    [InlineData("a2026-11-21", "a2026-11-21")]
    [InlineData("Ada 2026-11-21", null)]
    [InlineData("李明", null)]
    [InlineData("Анна", null)]
    [InlineData("Anna Петрова", null)]
    [InlineData("!!!", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_name_becomes_a_slug_or_none(string? name, string? slug) => Assert.Equal(slug, GraderSlug.Of(name)?.Value);
}
