using System.Runtime.InteropServices;
using Concord.App;

// A file-size limit kills a process by default. Ignored, the write fails instead, is undone and told. The registrations
// are never disposed: a signal is handled on another thread, maybe only as the program ends, and without them would kill.
const PosixSignal FileTooLarge = (PosixSignal)25;
using var interrupted = new CancellationTokenSource();
PosixSignalRegistration?[] signals =
[
    OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(FileTooLarge, context => context.Cancel = true),
    PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt),
    PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt),
];
var code = await ConcordCli.RunAsync(args, Terminal.OfProcess(), interrupted.Token);
GC.KeepAlive(signals);
return code;

// Work that does not look at the token ends a moment later: every file is replaced whole, so nothing is half-written.
void Interrupt(PosixSignalContext context)
{
    context.Cancel = true;
    _ = Task.Delay(TimeSpan.FromSeconds(2))
        .ContinueWith(
            _ =>
            {
                Console.Error.WriteLine(ConcordCli.InterruptedMessage);
                Environment.Exit(ConcordCli.Interrupted);
            },
            TaskScheduler.Default
        );
    interrupted.Cancel();
}
