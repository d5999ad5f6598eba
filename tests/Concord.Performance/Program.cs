using System.Globalization;
using BenchmarkDotNet.Running;
using Concord.Performance;
using Concord.Pipeline.Rendering;
using Concord.Tests.Statistics;

switch (args)
{
    case ["ratings", var items, var path]:
        using (var file = File.CreateText(path))
            new SyntheticRatings(int.Parse(items, CultureInfo.InvariantCulture)).WriteCsv(file);
        return 0;
    case ["workspace", var folder]:
        SyntheticWorkspace.Write(folder);
        return 0;
    case ["render", .. var rest]:
        return await RenderThroughput.RunAsync(
            rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : 60,
            rest.Length > 1 ? int.Parse(rest[1], CultureInfo.InvariantCulture) : RenderRun.DefaultConcurrency
        );
    case ["grade-save", .. var rest]:
        return await GradeSaves.RunAsync(rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : 200);
    case ["datasets", .. var rest]:
        return await DatasetWriting.RunAsync(
            rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : 1_000_000,
            rest.Length > 1 ? int.Parse(rest[1], CultureInfo.InvariantCulture) : 3
        );
    case ["dataset-file", var kind, var path, var rows]:
        return DatasetWriting.Write(kind, path, int.Parse(rows, CultureInfo.InvariantCulture));
    case ["grading-page", .. var rest]:
        return await GradingPageSpeed.RunAsync(rest);
    default:
        BenchmarkSwitcher.FromAssembly(typeof(RenderThroughput).Assembly).Run(args);
        return 0;
}
