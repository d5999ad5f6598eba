using System.Runtime.InteropServices;
using Concord.App;

// A file-size limit kills a process by default. Ignored, the write fails instead, is undone and told.
const PosixSignal FileTooLarge = (PosixSignal)25;
using var ignored = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(FileTooLarge, context => context.Cancel = true);
return await ConcordCli.RunAsync(args, Terminal.OfProcess(), CancellationToken.None);
