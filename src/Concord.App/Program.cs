using System.Runtime.InteropServices;
using Concord.App;

// A file-size limit kills a process by default. Ignored, the write fails instead, is undone and told. The registration is
// never disposed: the signal is handled on another thread, maybe only as the program ends, and without it would still kill.
const PosixSignal FileTooLarge = (PosixSignal)25;
var ignored = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(FileTooLarge, context => context.Cancel = true);
var code = await ConcordCli.RunAsync(args, Terminal.OfProcess(), CancellationToken.None);
GC.KeepAlive(ignored);
return code;
