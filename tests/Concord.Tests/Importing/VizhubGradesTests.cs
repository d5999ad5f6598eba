using Concord.Core.Domain;
using Concord.Pipeline.Importing;

namespace Concord.Tests.Importing;

public sealed class VizhubGradesTests : IDisposable
{
    private readonly VizhubSample _sample = new();

    public void Dispose() => _sample.Dispose();

    [Fact]
    public void Grades_go_to_the_file_of_the_reviewer_and_the_day_in_utc()
    {
        var summary = _sample.Import();
        var output = summary.Outputs[1].Id;

        Assert.Equal(
            $"challenge,model,output,functionality,aesthetics,status,notes,graded_at,seconds\nbars,v/a,{output},0,,graded,'=1,2025-06-04T00:30:00Z,\n",
            _sample.Read("grades/eve-fox-2025-06-04.csv")
        );
        Assert.Equal(new(GraderId.Parse("eve-fox"), "grades/eve-fox-2025-06-04.csv", 1, 0), Assert.Single(summary.Grades));
    }

    [Fact]
    public void Rows_without_a_score_a_reviewer_a_date_or_files_are_left_and_reported()
    {
        _sample.Put(
            "grades/eve.csv",
            VizhubSample.Header
                + "bars,v/a,pass,,,eve,2025-06-03T14:53:00Z,,\nbars,v/a,pass,1,,,2025-06-03T14:53:00Z,,\nbars,v/b,pass,1,,eve,,,\nadd,v/a,fail,1,,eve,2025-06-03T14:53:00Z,,\n"
        );

        var summary = _sample.Import();

        Assert.Empty(summary.Grades);
        Assert.Equal(
            [
                (2, "It has no score."),
                (3, "It has scores, and does not say whose."),
                (4, "It has scores, and does not say when they were given."),
                (5, "The output has no files, so that nothing can be said of it."),
            ],
            summary.LeftOut.Select(l => (l.Line!.Value, l.Why))
        );
    }

    [Fact]
    public void Grades_in_results_csv_count_where_the_graders_own_file_has_none()
    {
        _sample.Put(
            "results.csv",
            VizhubSample.Header + "bars,v/a,,5,5,Eve Fox,2025-06-04T01:00:00Z,,\nbars,v/b,,3,2,Eve Fox,2025-06-04T02:00:00Z,,\n"
        );

        var summary = _sample.Import();

        Assert.Equal(2, Assert.Single(summary.Grades).Taken);
        Assert.Equal(
            ["0", "3"],
            _sample.Read("grades/eve-fox-2025-06-04.csv").Trim().Split('\n').Skip(1).Select(l => l.Split(',')[3])
        );
    }

    [Fact]
    public void Rows_that_somebody_added_stay_and_the_later_grade_wins()
    {
        var outputs = _sample.Import().Outputs;
        const string path = "grades/eve-fox-2025-06-04.csv";
        const string header = "challenge,model,output,functionality,aesthetics,status,notes,graded_at,seconds\n";
        var mine = $"bars,v/a,{outputs[1].Id},4,4,graded,mine,2025-06-04T09:00:00Z,12\n";
        var other = $"bars,v/b,{outputs[2].Id},1,,flagged,look again,2025-06-04T09:00:00Z,\n";
        _sample.PutInWorkspace(path, header + other + mine);

        var summary = _sample.Import();

        Assert.Equal(header + mine + other, _sample.Read(path));
        Assert.Equal(1, Assert.Single(summary.Grades).Kept);
        Assert.Contains("not earlier", Assert.Single(summary.LeftOut).Why, StringComparison.Ordinal);
        _sample.PutInWorkspace(path, header + mine.Replace("06-04T09", "06-03T09", StringComparison.Ordinal) + other);
        _sample.Import();
        Assert.Equal(["0", "1"], _sample.Read(path).Trim().Split('\n').Skip(1).Select(l => l.Split(',')[3]));
    }

    [Fact]
    public void A_grade_of_an_unknown_output_is_a_mistake()
    {
        _sample.Put("grades/eve.csv", VizhubSample.Header + "bars,v/aa,pass,1,,eve,2025-06-03T14:53:00Z,,\n");

        Assert.Equal(["grades/eve.csv:2:6 unknown-output"], _sample.Mistakes());
    }

    [Fact]
    public void A_rubric_without_vizhubs_criteria_is_a_mistake()
    {
        var rules = VizhubBenchmark.Of([]);
        rules = rules with { Criteria = [rules.Criteria[0] with { Scale = rules.Criteria[0].Scale with { Max = 10 } }] };

        var failure = Assert.Throws<ConcordException>(() => _sample.Import(rules));

        Assert.Equal(["rubric-misfit", "rubric-misfit"], failure.Problems.Select(p => p.Rule));
    }
}
