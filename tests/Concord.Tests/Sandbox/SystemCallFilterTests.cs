using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Concord.Pipeline.Sandbox;
using Concord.Tests.Support;

namespace Concord.Tests.Sandbox;

public sealed class SystemCallFilterTests
{
    private const uint X64 = 0xC000003E;
    private const uint Arm64 = 0xC00000B7;
    private const uint X86 = 0x40000003;

    [Theory]
    [InlineData(Architecture.X64, X64, 41, 1, true)] // A unix socket.
    [InlineData(Architecture.X64, X64, 41, 2, true)]
    [InlineData(Architecture.X64, X64, 41, 10, true)]
    [InlineData(Architecture.X64, X64, 41, 16, true)]
    [InlineData(Architecture.X64, X64, 41, 40, false)] // vsock.
    [InlineData(Architecture.X64, X64, 41, 38, false)] // The kernel's cryptography.
    [InlineData(Architecture.X64, X64, 0, 40, true)] // read.
    [InlineData(Architecture.X64, X64, 198, 40, true)] // arm64's socket is another call here.
    [InlineData(Architecture.X64, X64, 248, 0, false)] // add_key.
    [InlineData(Architecture.X64, X64, 249, 0, false)] // request_key.
    [InlineData(Architecture.X64, X64, 250, 0, false)] // keyctl.
    [InlineData(Architecture.X64, X64, 425, 0, false)] // io_uring_setup.
    [InlineData(Architecture.X64, X64, 0x40000029, 2, false)] // x32's socket.
    [InlineData(Architecture.X64, X86, 359, 40, false)] // socket of 32 bits.
    [InlineData(Architecture.X64, X86, 4, 1, false)]
    [InlineData(Architecture.Arm64, Arm64, 198, 1, true)]
    [InlineData(Architecture.Arm64, Arm64, 198, 40, false)]
    [InlineData(Architecture.Arm64, Arm64, 41, 40, true)]
    [InlineData(Architecture.Arm64, Arm64, 217, 0, false)]
    [InlineData(Architecture.Arm64, Arm64, 218, 0, false)]
    [InlineData(Architecture.Arm64, Arm64, 219, 0, false)]
    [InlineData(Architecture.Arm64, Arm64, 425, 0, false)]
    [InlineData(Architecture.Arm64, X64, 198, 1, false)]
    public void Calls_are_let_through_or_refused(
        Architecture machine,
        uint architecture,
        uint call,
        uint firstArgument,
        bool allowed
    ) =>
        Assert.Equal(
            allowed ? 0x7fff0000u : 0x00050001u,
            Run(SystemCallFilter.Bytes(machine)!, architecture, call, firstArgument)
        );

    [Fact]
    public void Of_other_architectures_no_numbers_are_guessed() => Assert.Null(SystemCallFilter.Bytes(Architecture.S390x));

    [Fact]
    public async Task The_host_of_a_virtual_machine_and_keyrings_are_not_there()
    {
        var sandbox = await SandboxHere.FindAsync();
        Assert.SkipUnless(File.Exists("/usr/bin/perl"), "There is no perl to make system calls with.");
        Assert.SkipUnless(
            RuntimeInformation.OSArchitecture is Architecture.X64 or Architecture.Arm64,
            "There is no filter for this architecture."
        );
        int[] calls = RuntimeInformation.OSArchitecture == Architecture.X64 ? [248, 249, 250, 425] : [217, 218, 219, 425];
        var script =
            "for (40, 38) { print socket(S, $_, 5, 0) ? \"open\" : $! + 0, \" \" }"
            + " for (1, 2, 10) { print socket(S, $_, 1, 0) ? \"open\" : $! + 0, \" \" }"
            + string.Concat(calls.Select(c => $" print syscall({c}, 0, -3, 0, 0, 0) == -1 ? $! + 0 : \"done\", \" \";"));

        var result = await sandbox.RunAsync(
            [],
            $"perl -e '{script}'; ls /proc/self/fd | wc -l",
            [],
            SandboxLimits.Within(TimeSpan.FromSeconds(10)),
            TestContext.Current.CancellationToken
        );

        // 1 is EPERM: the kernel's own answers are others.
        Assert.Equal("1 1 open open open 1 1 1 1 4\n", result.Output);
    }

    // As the kernel does it, as far as the filter needs it.
    private static uint Run(byte[] program, uint architecture, uint call, uint firstArgument)
    {
        uint loaded = 0;
        for (var at = 0; ; at++)
        {
            var instruction = program.AsSpan(at * 8, 8);
            var value = BinaryPrimitives.ReadUInt32LittleEndian(instruction[4..]);
            switch (BinaryPrimitives.ReadUInt16LittleEndian(instruction))
            {
                case 0x20:
                    loaded = value switch
                    {
                        0 => call,
                        4 => architecture,
                        16 => firstArgument,
                        _ => throw new InvalidOperationException($"Nothing is loaded from {value}."),
                    };
                    break;
                case 0x15:
                    at += loaded == value ? instruction[2] : instruction[3];
                    break;
                case 0x35:
                    at += loaded >= value ? instruction[2] : instruction[3];
                    break;
                case 0x06:
                    return value;
                default:
                    throw new InvalidOperationException($"Instruction {at} is unknown.");
            }
        }
    }
}
