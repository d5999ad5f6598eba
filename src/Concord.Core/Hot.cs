using System.Runtime.CompilerServices;

namespace Concord.Core;

/// <summary>
/// Marks the loops over every grade. The program is compiled ahead without looking into other assemblies, and would be
/// compiled again only after such a loop is over: these are compiled in full when they are first called.
/// </summary>
public static class Hot
{
    /// <summary>The option for <see cref="MethodImplAttribute"/>.</summary>
    public const MethodImplOptions Loop = MethodImplOptions.AggressiveOptimization;
}
