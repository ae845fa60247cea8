using System.Collections.Immutable;
using System.Text;
using MuseumXtd.Server.OData.Execution;
using MuseumXtd.Server.OData.Model;
using MuseumXtd.Store;

namespace MuseumXtd.Server.OData.Writing;

/// <summary>What to write of entities of a class in a shape, with names encoded and predicates looked up.</summary>
internal sealed class EntityPlan
{
    private EntityPlan(EntityClass @class, ImmutableArray<Member> members)
    {
        Class = @class;
        Members = members;
        TypeName = Encoding.UTF8.GetBytes($"#{@class.Type.Namespace}.{@class.Type.Name}");
    }

    public EntityClass Class { get; }

    public ImmutableArray<Member> Members { get; }

    /// <summary>The type as control information has it.</summary>
    public byte[] TypeName { get; }

    public static EntityPlan Of(EntityShape shape, EntityClass @class, GraphView view) =>
        (EntityPlan)(shape.Plans.TryGetValue(@class, out var known) ? known : shape.Plans.GetOrAdd(@class, static (c, state) => new EntityPlan(c, [.. c.Values.Where(v => state.shape.Tells(v.Name)).Select(v => new Member(v, state.view, state.shape))]), (shape, view)));

    /// <summary>One structural property.</summary>
    internal sealed class Member(ValueBinding value, GraphView view, EntityShape shape)
    {
        public ValueBinding Value { get; } = value;

        public byte[] Name { get; } = JsonOutput.Named(value.Name);

        public TermId Predicate { get; } = value.Predicate is null ? default : view.IdOf(value.Predicate);

        /// <summary>The type for full metadata, where JSON does not tell it (OData JSON Format 4.01, section 4.6.3).</summary>
        public string? TypeAnnotation { get; } = TypeOf(value);

        /// <summary>The place among the collections that are selected with options; -1 for none.</summary>
        public int Selection { get; } = shape.Selections.IndexOf(shape.Selections.FirstOrDefault(s => s.Value.Name == value.Name)!);

        public HashSet<string>? Parts { get; } = shape.Parts.GetValueOrDefault(value.Name);

        private static string? TypeOf(ValueBinding value)
        {
            var name = value.Form == ValueForm.Texts ? null : value.Kind.ToString();
            return value.Form == ValueForm.Texts ? null
                : value.IsSingle ? (name is "String" or "Boolean" or "Double" ? null : "#" + name)
                : $"#Collection({name})";
        }
    }
}
