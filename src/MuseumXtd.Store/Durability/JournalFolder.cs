using System.Runtime.InteropServices;
using System.Text;
using MuseumXtd.Store.Memory;

namespace MuseumXtd.Store.Durability;

/// <summary>The files of a journal on disk. One process at a time holds the folder.</summary>
public sealed class JournalFolder : IJournalFiles, IDisposable
{
    private const string LockName = "lock";
    private const int LockedOnLinux = 11;
    private const int LockedOnMac = 35;
    private const int LockedOnWindows = unchecked((int)0x80070020);

    private readonly string _path;
    private readonly FileStream _lock;

    /// <summary>Opens a folder, which is made if it is not there.</summary>
    /// <exception cref="IOException">The folder cannot be used, or another process holds it.</exception>
    public JournalFolder(string path)
    {
        try
        {
            _path = Directory.CreateDirectory(path).FullName;
            _lock = new FileStream(Path.Combine(_path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e.HResult is LockedOnLinux or LockedOnMac or LockedOnWindows)
        {
            throw new IOException($"The journal in '{path}' is in use by another process.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The folder '{path}' cannot hold a journal: {e.Message} Name another, or let this process write there.", e);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> List() => [.. Directory.EnumerateFiles(_path).Select(f => Path.GetFileName(f)).Where(n => n != LockName)];

    /// <inheritdoc/>
    public IJournalFile Open(string name) => new DiskFile(Path.Combine(_path, name));

    /// <inheritdoc/>
    public MappedFile Map(string name) => MappedFile.Open(Path.Combine(_path, name));

    /// <inheritdoc/>
    public void Rename(string from, string to) => File.Move(Path.Combine(_path, from), Path.Combine(_path, to), overwrite: true);

    /// <inheritdoc/>
    public void Delete(string name)
    {
        try
        {
            File.Delete(Path.Combine(_path, name));
        }
        catch (UnauthorizedAccessException) when (OperatingSystem.IsWindows())
        {
            // Windows keeps a file that is mapped; it goes at the next start.
        }
    }

    /// <inheritdoc/>
    public void FlushNames()
    {
        // Windows has no such call; there, names are journaled by the file system.
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Native.Open([.. Encoding.UTF8.GetBytes(_path), 0], 0);
        if (descriptor < 0)
        {
            throw new IOException($"The folder '{_path}' cannot be opened (error {Marshal.GetLastPInvokeError()}).");
        }

        var failed = Native.Flush(descriptor) != 0;
        var error = Marshal.GetLastPInvokeError();
        _ = Native.Close(descriptor);
        if (failed)
        {
            throw new IOException($"The folder '{_path}' cannot be flushed (error {error}).");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    /// <summary>A folder is flushed by its descriptor, which the class library does not give.</summary>
    private static class Native
    {
        [DllImport("libc", EntryPoint = "open", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Open(byte[] path, int flags);

        [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Flush(int descriptor);

        [DllImport("libc", EntryPoint = "close", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Close(int descriptor);
    }
}
