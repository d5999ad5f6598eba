using System.CommandLine;
namespace Concord.App.Commands;
internal static class DoctorCommand { public static Command Create(Terminal terminal) => new("doctor"); }
