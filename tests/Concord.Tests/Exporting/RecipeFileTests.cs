using System.Text;
using Concord.Core.Domain;
using Concord.Core.Domain.Preferences;
using Concord.Pipeline.Datasets;
using Concord.Pipeline.Exporting;

namespace Concord.Tests.Exporting;

public sealed class RecipeFileTests
{
    private static readonly ExportRecipe Other = new()
    {
        Format = ExportFormat.Kto,
        File = DatasetFile.JsonlGz,
        Rules = new()
        {
            Strategy = PairStrategy.Adjacent,
            MinVotes = 0,
            MinCommon = 7,
            MinMargin = 0.25,
            MinChosen = 1.5,
            MinConfidence = 0.6,
            MaxLengthRatio = 3,
            MaxPerPrompt = 0,
            MaxModelShare = 0.4,
            KeepConflicts = true,
            OpenWeightsOnly = true,
            Confidence = ConfidenceMethod.BradleyTerry,
            Seed = 99,
        },
        Weights = "functionality=1,aesthetics=2",
        Good = 3.5,
        Bad = 1,
        Validation = 0.1,
        Test = 0.2,
        Salt = "no: \"yes\" #1",
        WithNotes = true,
        PromptLicense = "cc-by-4.0",
        ShardMegabytes = 5,
    };

    [Fact]
    public void What_is_written_is_read_again_every_setting_of_it()
    {
        var text = RecipeFile.Write(Other);
        Assert.Equal(Other, RecipeFile.Read(text, "r.yaml"));
        // A setting that the example leaves as it is by itself would prove nothing.
        Assert.All(ExportSettings.All, s => Assert.NotEqual(s.Get(new()), s.Get(Other)));
    }

    [Theory]
    [InlineData("2026 #1")]
    [InlineData("1: x")]
    [InlineData("1e5")]
    [InlineData("2026")]
    [InlineData("0.10")]
    [InlineData("true")]
    [InlineData("- a")]
    [InlineData("~")]
    [InlineData("é\u2028\"'\\")]
    public void A_text_of_any_kind_comes_back(string salt) =>
        Assert.Equal(salt, RecipeFile.Read(RecipeFile.Write(new() { Salt = salt }), "r.yaml").Salt);

    [Fact]
    public void What_a_recipe_leaves_out_is_as_without_one() =>
        Assert.Equal(
            new ExportRecipe { Rules = new() { MinVotes = 1 } },
            RecipeFile.Read("schema: 1\nmin_votes: 1\n"u8.ToArray(), "r.yaml")
        );

    [Theory]
    [InlineData("min_vote: 1\n", "r.yaml:1:1", "min_votes")]
    [InlineData("schema: 1\nmin_margin: -1\n", "r.yaml:2:13", "at least 0")]
    [InlineData("format: parquet\n", "r.yaml:1:9", "trl-conversational")]
    [InlineData("keep_conflicts: yes\n", "r.yaml:1:17", "true or false")]
    [InlineData("schema: 2\n", "r.yaml:1:9", "schema")]
    [InlineData("test: 1\n", "r.yaml:1:7", "below 1")]
    public void A_wrong_line_is_named_with_the_way_to_mend_it(string text, string place, string word)
    {
        var error = Assert.Throws<ConcordException>(() => RecipeFile.Read(Encoding.UTF8.GetBytes(text), "r.yaml"));
        Assert.StartsWith(place, error.Problems[0].ToString(), StringComparison.Ordinal);
        Assert.Contains(word, error.Problems[0].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("validation: 0.5\ntest: 0.5\n", "nothing for training")]
    [InlineData("good: 2\nbad: 2\n", "good and bad")]
    [InlineData("format: trl\nwith_notes: true\n", "no place for graders' notes")]
    public void Settings_that_contradict_each_other_are_refused(string text, string words) =>
        Assert.Contains(
            words,
            Assert
                .Throws<ConcordException>(() => RecipeFile.Read(Encoding.UTF8.GetBytes(text), "r.yaml").RefuseContradictions())
                .Message,
            StringComparison.Ordinal
        );
}
