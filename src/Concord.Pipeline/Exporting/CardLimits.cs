using System.Globalization;
using Concord.Core.Domain;
using Concord.Core.Domain.Preferences;

namespace Concord.Pipeline.Exporting;

/// <summary>What the data cannot tell, as far as the data tells it.</summary>
internal static class CardLimits
{
    private const int Percent = 100;
    private const double Most = 0.5;
    private const double Notable = 0.3;

    public static IEnumerable<string> Of(ExportSource source, ExportReport report)
    {
        var summary = report.Summary;
        var people = source.Tables.Ballot.People;
        yield return $"{people.ToString(CultureInfo.InvariantCulture)} {(people == 1 ? "person" : "people")} graded; what they like need not be what others like.";
        if (summary.Challenges.Names < 30)
            yield return $"Only {summary.Challenges.Names.ToString(CultureInfo.InvariantCulture)} different {(summary.Challenges.Names == 1 ? "challenge" : "challenges")}: enough to try something, too few to generalise from.";
        if (Share(summary.ChosenModels) is (var model, > Most and var share))
            yield return $"{CardText.Markdown(model)} wrote {Rounded(share)} of the {(report.Pairs is null ? "replies" : "chosen replies")}: a model trained on them learns its manner. `--max-model-share` bounds that.";
        if (summary.LengthBias is { ChosenLonger: > 1 - Notable and var longer })
            yield return $"The chosen reply is the longer one in {Rounded(longer)} of the pairs: length alone may be learned. `--max-length-ratio` bounds that.";
        if (summary.AgreementUndefined > 0)
            yield return $"{(summary.AgreementUndefined == summary.Rows ? "All" : "Some")} pairs rest on so few grades that agreement is undefined for them.";
        foreach (
            var row in source.Tables.Agreement.Where(r => r.Coefficient == "krippendorff-alpha" && r.Reading == "do not rely")
        )
            if (row.Weights == Names.Of(source.Workspace.Benchmark.Criteria.Single(c => c.Id == row.Criterion).Scale.Level))
                yield return $"Graders agree too little on `{row.Criterion}` to rely on it.";
        if (report.Recipe.PromptLicense == ExportRecipe.Unknown)
            yield return "Under what licence the prompts are is not recorded.";
        if (report.Licenses.Any(l => l.Key == ExportRecipe.Unknown))
            yield return "For some models no licence is recorded; find out before you train on what they wrote.";
        if (report.Recipe.Format == ExportFormat.Ultrafeedback)
            yield return "Chosen and rejected repeat the prompt, as UltraFeedback's do: TRL puts the prompt before them a second time. Take `trl-conversational` for TRL.";
        if (!report.Recipe.Splits)
            yield return "There is no test split: whoever measures on these challenges measures what was trained on.";
        yield return "Tokens are estimated at four characters each; your tokenizer counts otherwise.";
        yield return "Replies are programs that models wrote. They were not reviewed: run them in a sandbox only.";
        yield return report.Recipe.WithNotes
            ? $"Notes were scanned for addresses, keys, telephone numbers and graders' names; a scan finds what looks like these, and no more. Graders have pseudonyms {(report.HasFreshKey ? "of this release alone" : "under a key that is kept: whoever has two releases under it can tell that a grader is the same")}."
            : "Neither graders' names nor their notes are in it. Prompts and replies were not scanned.";
    }

    // Samples of a model count together, as they do for the option.
    private static (string Name, double Share) Share(NameCounts counts)
    {
        var models = counts
            .Sorted.GroupBy(c => ModelId.TryParse(c.Key, out var id) ? id.Model : c.Key, c => c.Value)
            .Select(g => (Name: g.Key, Rows: g.Sum()))
            .ToArray();
        var most = models.OrderByDescending(m => m.Rows).ThenBy(m => m.Name, StringComparer.Ordinal).FirstOrDefault();
        return models.Length == 0 ? ("", 0) : (most.Name, most.Rows / (double)models.Sum(m => m.Rows));
    }

    private static string Rounded(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * Percent:0} %");
}
