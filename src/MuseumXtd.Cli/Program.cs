using MuseumXtd.Cli;
using MuseumXtd.Cli.Commands;
using MuseumXtd.Commands;
using MuseumXtd.Server;

NativeProgram.TakeOver(args);
if (args is ["serve", ..])
{
    RuntimeSettings.Require(RuntimeSettings.OfServers);
    MuseumXtdServer.PrepareAnswers();
}
else if (args is ["build" or "check", .. var gardens] && gardens.Any(RuntimeSettings.IsSecondsOfWork))
{
    RuntimeSettings.Require(RuntimeSettings.OfSecondsOfWork);
}

return await CommandRunner.RunAsync(args, [ServeCommand.Create(), .. FileCommands.Create(), QueryCommand.Create(), HarvestCommand.Create()]);
