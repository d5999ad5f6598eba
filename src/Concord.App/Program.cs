using Concord.App;

return await ConcordCli.RunAsync(args, Terminal.OfProcess(), CancellationToken.None);
