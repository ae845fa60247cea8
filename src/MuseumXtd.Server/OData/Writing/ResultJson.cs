using Microsoft.Extensions.ObjectPool;
using Microsoft.OData.Edm;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Server.OData.Execution;
using MuseumXtd.Server.OData.Model;
using MuseumXtd.Server.OData.Requests;
using MuseumXtd.Server.OData.Translation;

namespace MuseumXtd.Server.OData.Writing;

/// <summary>Writes answers as OData JSON into the response's pipe.</summary>
internal sealed class ResultJson(GraphView view, LanguageChain languages, JsonFormat format, Uri root, Continuation? continuation, ObjectPool<ByteBuffer> buffers)
{
    /// <summary>From how many bytes on an answer is sent while it is written; of a shorter one the length is known before.</summary>
    private const int SendAt = 1 << 18;

    private static readonly byte[] ContextName = JsonOutput.Named("@odata.context");
    private static readonly byte[] ValueName = JsonOutput.Named("value");

    private readonly string _root = root.AbsoluteUri;

    public ODataAnswer Collection(CollectionRequest request, CollectionAnswer answer) => Json(async (json, send, cancellation) =>
    {
        json.OpenObject();
        var selected = request.Columns is { } columns ? string.Join(',', columns.Select(c => string.Join('/', c.Path))) : request.Shape!.Context;
        WriteContext(json, request.Target.Context + (selected.Length > 0 && !request.Target.IsReference ? $"({selected})" : ""));
        if (answer.Count is { } count)
        {
            json.Name("@odata.count");
            json.Number(count);
        }

        json.Name(ValueName);
        json.OpenArray();
        using var writer = new EntityJson(view, languages, format, _root, continuation, json);
        using var values = new ValueJson(view.Dictionary, json, format.LongsAsText);
        var length = answer.Entities?.Count ?? answer.Rows!.Count;
        for (var row = 0; row < length; row++)
        {
            if (answer.Entities is not { } entities)
            {
                WriteRow(json, values, request, answer.Rows![row]);
            }
            else if (request.Target.IsReference)
            {
                writer.WriteReference(entities.Ids[row], request.Target.Class);
            }
            else
            {
                json.OpenObject();
                writer.WriteMembers(entities, row);
                json.CloseObject();
            }

            if (json.Length > SendAt)
            {
                await send(cancellation).ConfigureAwait(false);
            }
        }

        json.CloseArray();
        if (answer.NextLink is not null)
        {
            json.Name("@odata.nextLink");
            json.Text(answer.NextLink);
        }

        json.CloseObject();
    });

    public ODataAnswer Entity(EntityTarget target, EntityRows rows) => Json((json, _, _) =>
    {
        json.OpenObject();
        using var writer = new EntityJson(view, languages, format, _root, continuation, json);
        if (target.IsReference)
        {
            WriteContext(json, "$ref");
            json.Name("@odata.id");
            json.Text(writer.UrlOf(target.Id, view.ClassOf(target.Id, target.Class)));
        }
        else
        {
            var context = target.Context;
            if (rows.Shape.Context.Length > 0)
            {
                var end = context.IndexOf('/', StringComparison.Ordinal);
                context = end < 0 ? $"{context}({rows.Shape.Context})" : $"{context[..end]}({rows.Shape.Context}){context[end..]}";
            }

            WriteContext(json, context);
            writer.WriteMembers(rows, 0);
        }

        json.CloseObject();
        return ValueTask.CompletedTask;
    });

    public ODataAnswer Property(PropertyTarget target, EntityPlan.Member member, SelectedValues? selected) => Json((json, _, _) =>
    {
        json.OpenObject();
        WriteContext(json, target.Context);
        if (format.Level == MetadataLevel.Full && member.TypeAnnotation is not null)
        {
            json.Name("@odata.type");
            json.Text(member.TypeAnnotation);
        }

        if (target.Selection is { Counts: true })
        {
            json.Name("@odata.count");
            json.Number(selected!.Counts[0]);
        }

        json.Name(ValueName);
        using var writer = new EntityJson(view, languages, format, _root, continuation, json);
        if (selected is not null)
        {
            writer.WriteSelected(selected, 0, member);
        }
        else
        {
            writer.WriteValue(target.Id, target.Class, member);
        }

        json.CloseObject();
        return ValueTask.CompletedTask;
    });

    public ODataAnswer Service(EntityModel model) => Json((json, _, _) =>
    {
        json.OpenObject();
        WriteContext(json, "");
        json.Name(ValueName);
        json.OpenArray();
        foreach (var set in model.Classes.Select(c => c.Set!).OrderBy(s => s.Name, StringComparer.Ordinal))
        {
            json.OpenObject();
            json.Name("name");
            json.Text(set.Name);
            json.Name("kind");
            json.Text("EntitySet"u8);
            json.Name("url");
            json.Text(set.Name);
            json.CloseObject();
        }

        json.CloseArray();
        json.CloseObject();
        return ValueTask.CompletedTask;
    });

    private static void WriteRow(JsonOutput json, ValueJson values, CollectionRequest request, Term?[] row)
    {
        json.OpenObject();
        var columns = request.Columns!.Value;
        var open = new List<string>();
        for (var i = 0; i < columns.Length; i++)
        {
            var path = columns[i].Path;
            var shared = 0;
            while (shared < open.Count && shared < path.Length - 1 && open[shared] == path[shared])
            {
                shared++;
            }

            while (open.Count > shared)
            {
                json.CloseObject();
                open.RemoveAt(open.Count - 1);
            }

            while (open.Count < path.Length - 1)
            {
                json.Name(path[open.Count]);
                json.OpenObject();
                open.Add(path[open.Count]);
            }

            json.Name(path[^1]);
            values.Write(row[i], columns[i].Type is { } type ? ((IEdmPrimitiveType)type.Definition).PrimitiveKind : null);
        }

        foreach (var _ in open)
        {
            json.CloseObject();
        }

        json.CloseObject();
    }

    private void WriteContext(JsonOutput json, string fragment)
    {
        if (format.Level != MetadataLevel.None)
        {
            json.Name(ContextName);
            json.Text($"{_root}$metadata{(fragment.Length == 0 ? "" : "#" + fragment)}");
        }
    }

    private ODataAnswer Json(Func<JsonOutput, Func<CancellationToken, ValueTask>, CancellationToken, ValueTask> write) => new()
    {
        ContentType = format.MediaType,
        Body = async (output, tellLength, cancellation) =>
        {
            var buffer = buffers.Get();
            var json = new JsonOutput(buffer);
            var (isWhole, longest) = (true, 0);
            try
            {
                await write(json, SendAsync, cancellation).ConfigureAwait(false);
                if (isWhole)
                {
                    tellLength(buffer.Length);
                }

                await output.WriteAsync(buffer.WrittenMemory, cancellation).ConfigureAwait(false);
            }
            finally
            {
                AnswerBuffers.Return(buffers, buffer, Math.Max(longest, buffer.Length));
            }

            async ValueTask SendAsync(CancellationToken cancelled)
            {
                (isWhole, longest) = (false, Math.Max(longest, buffer.Length));
                await output.WriteAsync(buffer.WrittenMemory, cancelled).ConfigureAwait(false);
                json.Clear();
            }
        },
    };
}
