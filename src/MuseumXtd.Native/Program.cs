using MuseumXtd.Commands;

return await CommandRunner.RunAsync(args, FileCommands.Create());
