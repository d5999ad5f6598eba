namespace Concord.Pipeline.Processes;

/// <summary>How Concord is started again: by itself, or by git.</summary>
public static class OwnProgram
{
    /// <summary>The program itself, or the runtime with the program, as this one was started; tests run neither.</summary>
    public static (string Program, string[] Arguments) Find()
    {
        var name = OperatingSystem.IsWindows() ? "concord.exe" : "concord";
        var native = Path.Combine(AppContext.BaseDirectory, name);
        if (Environment.ProcessPath is { } own && Path.GetFileName(own) == name)
            return (own, []);
        return File.Exists(native) && Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 }
            ? (native, [])
            : (ProgramPath.Find("dotnet") ?? "dotnet", [Path.Combine(AppContext.BaseDirectory, "concord.dll")]);
    }

    /// <summary>The same as one list.</summary>
    public static IReadOnlyList<string> Call()
    {
        var (program, arguments) = Find();
        return [program, .. arguments];
    }
}
