global using MuseumXtd.Commands;
global using Xunit;
