using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace MuseumXtd.Garden.Resolution;

/// <summary>Values by a text, for each of a few types. Dictionaries of plain texts hash them faster than those of pairs.</summary>
internal sealed class TypedIndex<TType, TValue>
    where TType : notnull
{
    private readonly Dictionary<TType, Dictionary<string, TValue>> _types = [];

    public TValue this[TType type, string key]
    {
        get => _types[type][key];
        set => Of(type)[key] = value;
    }

    public bool TryAdd(TType type, string key, TValue value) => Of(type).TryAdd(key, value);

    public bool TryGetValue(TType type, string key, [MaybeNullWhen(false)] out TValue value)
    {
        value = default;
        return _types.TryGetValue(type, out var values) && values.TryGetValue(key, out value);
    }

    public TValue? GetValueOrDefault(TType type, string key) => TryGetValue(type, key, out var value) ? value : default;

    /// <summary>The place of a value, which is made when there is none.</summary>
    public ref TValue? Reference(TType type, string key) => ref CollectionsMarshal.GetValueRefOrAddDefault(Of(type), key, out _);

    /// <summary>All values of a type.</summary>
    public IEnumerable<TValue> Values(TType type) => _types.TryGetValue(type, out var values) ? values.Values : [];

    private Dictionary<string, TValue> Of(TType type)
    {
        if (!_types.TryGetValue(type, out var values))
        {
            _types.Add(type, values = []);
        }

        return values;
    }
}
