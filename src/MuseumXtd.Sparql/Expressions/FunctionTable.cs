using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Expressions.Functions;

namespace MuseumXtd.Sparql.Expressions;

/// <summary>All operators and functions by name. Each is one entry in the table beside its implementation, in the folder Functions.</summary>
internal static class FunctionTable
{
    private static readonly Dictionary<Function, FunctionEntry> Entries = new(
    [
        .. OperatorFunctions.Entries,
        .. TermFunctions.Entries,
        .. StringFunctions.Entries,
        .. PatternFunctions.Entries,
        .. NumericFunctions.Entries,
        .. DateFunctions.Entries,
        .. HashFunctions.Entries,
        .. TripleFunctions.Entries,
    ]);

    private static readonly Dictionary<string, FunctionEntry> Named = new(CastFunctions.Entries, StringComparer.Ordinal);

    /// <summary>The entry of a function.</summary>
    public static FunctionEntry Of(Function function) => Entries[function];

    /// <summary>The entry of a function named by an IRI, or null.</summary>
    public static FunctionEntry? Of(string iri) => Named.GetValueOrDefault(iri);
}
