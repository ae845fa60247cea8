using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Execution;

namespace MuseumXtd.Sparql.Expressions;

/// <summary>Turns expressions of the algebra into expressions on columns.</summary>
internal static class ExpressionCompiler
{
    /// <summary>Compiles an expression for batches of a schema; variables that the schema lacks are unbound.</summary>
    public static CompiledExpression Compile(Expression expression, Schema schema, ExpressionContext context) =>
        throw new NotImplementedException();
}
