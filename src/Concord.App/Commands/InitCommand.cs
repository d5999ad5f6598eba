using System.CommandLine;
namespace Concord.App.Commands;
internal static class InitCommand { public static Command Create(Terminal terminal) => new("init"); }
