using System.CommandLine;
namespace Concord.App.Commands;
internal static class ChallengeCommand { public static Command Create(Terminal terminal) => new("challenge"); }
