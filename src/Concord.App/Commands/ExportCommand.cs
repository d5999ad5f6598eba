using System.CommandLine;
namespace Concord.App.Commands;
internal static class ExportCommand { public static Command Create(Terminal terminal) => new("export"); }
