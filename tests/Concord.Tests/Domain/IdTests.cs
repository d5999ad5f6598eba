using Concord.Core.Domain;

namespace Concord.Tests.Domain;

public sealed class IdTests
{
    [Theory]
    [InlineData("bars", true)]
    [InlineData("9.Chart_a-b", true)]
    [InlineData("", false)]
    [InlineData(".hidden", false)]
    [InlineData("-dash", false)]
    [InlineData("..", false)]
    [InlineData("a/b", false)]
    [InlineData("a b", false)]
    [InlineData("dot.", false)]
    [InlineData("é", false)]
    [InlineData("a\n", false)]
    public void A_challenge_id_is_a_folder_that_every_system_takes(string text, bool valid) =>
        Holds(valid, ChallengeId.TryParse(text, out var id), text, id.Value, () => ChallengeId.Parse(text));

    [Theory]
    [InlineData("a", "a", 1)]
    [InlineData("lab/one", "lab/one", 1)]
    [InlineData("host/lab/one-4.1_b", "host/lab/one-4.1_b", 1)]
    [InlineData("lab/one@2", "lab/one", 2)]
    [InlineData("lab/one@10", "lab/one", 10)]
    [InlineData("lab/one@9999", "lab/one", 9999)]
    public void A_model_id_tells_the_model_and_the_sample(string text, string model, int sample)
    {
        var id = ModelId.Parse(text);

        Assert.Equal((text, model, sample), (id.Value, id.Model, id.Sample));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b/c/d")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("../a")]
    [InlineData("a/..")]
    [InlineData("a/.b")]
    [InlineData("a@1")]
    [InlineData("a@0")]
    [InlineData("a@02")]
    [InlineData("a@")]
    [InlineData("a@2@3")]
    [InlineData("a@2/b")]
    [InlineData("a b")]
    [InlineData("a\\b")]
    [InlineData("a@٢")]
    [InlineData("a\n")]
    public void What_is_no_model_id_is_refused(string text) =>
        Holds(false, ModelId.TryParse(text, out var id), text, id.Value, () => ModelId.Parse(text));

    [Theory]
    [InlineData("3fa9c1d20b7e", true)]
    [InlineData("000000000000", true)]
    [InlineData("3FA9C1D20B7E", false)]
    [InlineData("3fa9c1d20b7", false)]
    [InlineData("3fa9c1d20b7e0", false)]
    [InlineData("3fa9c1d20b7g", false)]
    [InlineData("3fa9c1d20b7e\n", false)]
    public void An_output_id_is_twelve_hex_digits(string text, bool valid) =>
        Holds(valid, OutputId.TryParse(text, out var id), text, valid ? id.Value : null, () => OutputId.Parse(text));

    [Theory]
    [InlineData("functionality", true)]
    [InlineData("a-1", true)]
    [InlineData("ranked", true)]
    [InlineData("A", false)]
    [InlineData("1a", false)]
    [InlineData("a_b", false)]
    [InlineData("", false)]
    [InlineData("challenge", false)]
    [InlineData("seconds", false)]
    [InlineData("overall", false)]
    [InlineData("rank", false)]
    [InlineData("a\n", false)]
    public void A_criterion_id_is_no_fixed_column(string text, bool valid) =>
        Holds(valid, CriterionId.TryParse(text, out var id), text, id.Value, () => CriterionId.Parse(text));

    [Theory]
    [InlineData("ada", true)]
    [InlineData("grader-a", true)]
    [InlineData("2026-11-02x", true)]
    [InlineData("a-2026-11-2", true)]
    [InlineData("a-12026-11-02", true)]
    [InlineData("a-2026-11-02", false)]
    [InlineData("2026-11-02", false)]
    [InlineData("a-9999-99-99", false)]
    [InlineData("..", false)]
    [InlineData("a/b", false)]
    [InlineData("../a", false)]
    [InlineData("Ada", false)]
    [InlineData("a--b", false)]
    [InlineData("-a", false)]
    [InlineData("a-", false)]
    [InlineData("a_b", false)]
    [InlineData("", false)]
    [InlineData("ada\n", false)]
    public void A_graders_slug_does_not_end_in_a_date(string text, bool valid) =>
        Holds(valid, GraderId.TryParse(text, out var id), text, id.Value, () => GraderId.Parse(text));

    [Fact]
    public void Keys_are_ordered_by_challenge_and_then_model_ordinally()
    {
        string[] models = ["a", "B", "a/b", "a@2", "a-b"];
        var keys = models.SelectMany(m => new[] { "z", "Z" }.Select(c => new OutputKey(ChallengeId.Parse(c), ModelId.Parse(m))));

        Assert.Equal(
            ["Z by B", "Z by a", "Z by a-b", "Z by a/b", "Z by a@2", "z by B", "z by a", "z by a-b", "z by a/b", "z by a@2"],
            keys.Order().Select(k => k.ToString())
        );
        Assert.Equal("benchmarks/outputs/Z/a/b", new OutputKey(ChallengeId.Parse("Z"), ModelId.Parse("a/b")).Folder);
    }

    private static void Holds(bool valid, bool parsed, string text, string? value, Action parse)
    {
        Assert.Equal((valid, valid ? text : null), (parsed, value));
        if (!valid)
            Assert.Throws<FormatException>(parse);
    }
}
