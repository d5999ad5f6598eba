using System.CommandLine;
namespace Concord.App.Commands;
internal static class DemoCommand { public static Command Create(Terminal terminal) => new("demo"); }
