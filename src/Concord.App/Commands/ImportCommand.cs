using System.CommandLine;
namespace Concord.App.Commands;
internal static class ImportCommand { public static Command Create(Terminal terminal) => new("import"); }
