using System.CommandLine;
namespace Concord.App.Commands;
internal static class GraderCommand { public static Command Create(Terminal terminal) => new("grader"); }
