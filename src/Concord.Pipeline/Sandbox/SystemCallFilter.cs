using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Concord.Pipeline.Sandbox;

/// <summary>
/// A seccomp filter for what no namespace closes: sockets to the machine's host (vsock) and of rare families, the kernel's keyrings, and
/// io_uring, which opens sockets past any filter. Calls of another architecture than the machine's, such as 32-bit ones, are refused altogether.
/// </summary>
internal static class SystemCallFilter
{
    private const ushort Load = 0x20;
    private const ushort IfEqual = 0x15;
    private const ushort IfAtLeast = 0x35;
    private const ushort Return = 0x06;
    private const uint Allow = 0x7fff0000;
    private const uint NotPermitted = 0x00050001;
    private const uint IoUringSetup = 425;

    // Of the structure that the kernel hands to a filter.
    private const uint CallOffset = 0;
    private const uint ArchitectureOffset = 4;
    private const uint FirstArgumentOffset = 16;

    // x86-64's second set of calls, whose numbers have this bit.
    private const uint X32 = 0x40000000;

    // Unix, IPv4, IPv6, and netlink, which name look-ups use.
    private static readonly uint[] Families = [1, 2, 10, 16];

    /// <summary>The filter as bubblewrap takes it.</summary>
    /// <param name="architecture">The machine's.</param>
    /// <returns>Instructions of eight bytes; null for an architecture whose numbers are not known here.</returns>
    public static byte[]? Bytes(Architecture architecture) =>
        architecture switch
        {
            Architecture.X64 => Bytes(0xC000003E, socket: 41, keyrings: [248, 249, 250]),
            Architecture.Arm64 => Bytes(0xC00000B7, socket: 198, keyrings: [217, 218, 219]),
            _ => null,
        };

    private static byte[] Bytes(uint architecture, uint socket, uint[] keyrings)
    {
        uint[] refused = [.. keyrings, IoUringSetup];
        // Two ends close the program: at deny, and after it at allow. Jumps count from the next instruction.
        var deny = 6 + refused.Length + Families.Length;
        var allow = deny + 1;
        var program = new List<(ushort Code, byte Then, byte Else, uint Value)>();
        byte To(int end) => (byte)(end - program.Count - 1);
        program.Add((Load, 0, 0, ArchitectureOffset));
        program.Add((IfEqual, 0, To(deny), architecture));
        program.Add((Load, 0, 0, CallOffset));
        program.Add((IfAtLeast, To(deny), 0, X32));
        foreach (var call in refused)
            program.Add((IfEqual, To(deny), 0, call));
        program.Add((IfEqual, 0, To(allow), socket));
        program.Add((Load, 0, 0, FirstArgumentOffset));
        foreach (var family in Families)
            program.Add((IfEqual, To(allow), 0, family));
        program.Add((Return, 0, 0, NotPermitted));
        program.Add((Return, 0, 0, Allow));

        var bytes = new byte[program.Count * 8];
        for (var i = 0; i < program.Count; i++)
        {
            var at = bytes.AsSpan(i * 8);
            BinaryPrimitives.WriteUInt16LittleEndian(at, program[i].Code);
            (at[2], at[3]) = (program[i].Then, program[i].Else);
            BinaryPrimitives.WriteUInt32LittleEndian(at[4..], program[i].Value);
        }
        return bytes;
    }
}
