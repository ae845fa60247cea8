using System.Xml;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace MuseumXtd.Server.OData.Requests;

/// <summary>
/// What OData 4.01 allows beyond 4.0 and the library does not: durations without their prefix (Protocol, section 13.2.1, 9.2), and the function
/// <c>case</c> (Part 2, section 5.1.1.10).
/// </summary>
internal sealed class LiteralResolver : ODataUriResolver
{
    /// <summary>How many conditions <c>case</c> may have.</summary>
    private const int MostConditions = 12;

    static LiteralResolver()
    {
        var core = EdmCoreModel.Instance;
        IEdmTypeReference[] results =
        [
            core.GetString(true), core.GetBoolean(true), core.GetInt64(true), core.GetDecimal(true), core.GetDouble(true), core.GetDate(true),
            core.GetTemporal(EdmPrimitiveTypeKind.DateTimeOffset, true), core.GetTemporal(EdmPrimitiveTypeKind.TimeOfDay, true), core.GetDuration(true),
        ];
        foreach (var result in results)
        {
            for (var conditions = 1; conditions <= MostConditions; conditions++)
            {
                var arguments = Enumerable.Range(0, 2 * conditions).Select(i => i % 2 == 0 ? core.GetBoolean(true) : result);
                CustomUriFunctions.AddCustomUriFunction("case", new FunctionSignatureWithReturnType(result, [.. arguments]));
            }
        }
    }

    public LiteralResolver()
    {
        EnableCaseInsensitive = true;
        EnableNoDollarQueryOptions = true;
    }

    /// <summary>Keys by name: that of the type, or its other key, the IRI.</summary>
    public override IEnumerable<KeyValuePair<string, object>> ResolveKeys(
        IEdmEntityType type, IDictionary<string, string> namedValues, Func<IEdmTypeReference, string, object> convertFunc) =>
        namedValues.Count == 1 && namedValues.TryGetValue("iri", out var iri)
            ? [KeyValuePair.Create("iri", convertFunc(type.FindProperty("iri").Type, iri))]
            : base.ResolveKeys(type, namedValues, convertFunc);

    public override void PromoteBinaryOperandTypes(BinaryOperatorKind binaryOperatorKind, ref SingleValueNode leftNode, ref SingleValueNode rightNode, out IEdmTypeReference typeReference)
    {
        leftNode = Duration(leftNode, rightNode, binaryOperatorKind);
        rightNode = Duration(rightNode, leftNode, binaryOperatorKind);
        if (binaryOperatorKind is BinaryOperatorKind.Multiply or BinaryOperatorKind.Divide && (IsDuration(leftNode) || IsDuration(rightNode)))
        {
            throw new ODataRequestException(501, "A duration times or through a number is not supported here: totalseconds gives a number.");
        }

        base.PromoteBinaryOperandTypes(binaryOperatorKind, ref leftNode, ref rightNode, out typeReference);
    }

    /// <summary>A text beside what only a duration can stand, as a duration; other nodes as they are.</summary>
    private static SingleValueNode Duration(SingleValueNode node, SingleValueNode other, BinaryOperatorKind kind)
    {
        var isDuration = other.TypeReference is { } type
            && (IsDuration(other) || (kind is BinaryOperatorKind.Add or BinaryOperatorKind.Subtract && (type.IsDateTimeOffset() || type.IsDate())));
        if (!isDuration)
        {
            return node;
        }

        switch (node)
        {
            case ConstantNode { Value: string text } when TryRead(text, out var duration):
                return new ConstantNode(duration, $"duration'{text}'", EdmCoreModel.Instance.GetDuration(false));
            case ParameterAliasNode { TypeReference: { } alias } when alias.IsString():
                return new ConvertNode(node, EdmCoreModel.Instance.GetDuration(true));
            default:
                return node;
        }
    }

    private static bool IsDuration(SingleValueNode node) => node.TypeReference?.IsDuration() == true;

    private static bool TryRead(string text, out TimeSpan duration)
    {
        try
        {
            duration = XmlConvert.ToTimeSpan(text);
            return true;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            duration = default;
            return false;
        }
    }
}
