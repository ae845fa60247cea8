using System.Text.Json;
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

    private readonly string _root = root.AbsoluteUri;

    public ODataAnswer Collection(CollectionRequest request, CollectionAnswer answer) => Json(async (json, send, cancellation) =>
    {
        json.WriteStartObject();
        var selected = request.Columns is { } columns ? string.Join(',', columns.Select(c => string.Join('/', c.Path))) : request.Shape!.Context;
        WriteContext(json, request.Target.Context + (selected.Length > 0 && !request.Target.IsReference ? $"({selected})" : ""));
        if (answer.Count is { } count)
        {
            json.WriteNumber("@odata.count", count);
        }

        json.WriteStartArray("value");
        using var writer = new EntityJson(view, languages, format, _root, continuation, json);
        using var values = new ValueJson(view.Dictionary, json, format.LongsAsText);
        var told = 0L;
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
                json.WriteStartObject();
                writer.WriteMembers(entities, row);
                json.WriteEndObject();
            }

            if (json.BytesCommitted + json.BytesPending > told + SendAt)
            {
                json.Flush();
                told = json.BytesCommitted;
                await send(cancellation).ConfigureAwait(false);
            }
        }

        json.WriteEndArray();
        if (answer.NextLink is not null)
        {
            json.WriteString("@odata.nextLink", answer.NextLink);
        }

        json.WriteEndObject();
    });

    public ODataAnswer Entity(EntityTarget target, EntityRows rows) => Json((json, _, _) =>
    {
        json.WriteStartObject();
        using var writer = new EntityJson(view, languages, format, _root, continuation, json);
        if (target.IsReference)
        {
            WriteContext(json, "$ref");
            json.WriteString("@odata.id", writer.UrlOf(target.Id, view.ClassOf(target.Id, target.Class)));
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

        json.WriteEndObject();
        return ValueTask.CompletedTask;
    });

    public ODataAnswer Property(PropertyTarget target, EntityPlan.Member member, SelectedValues? selected) => Json((json, _, _) =>
    {
        json.WriteStartObject();
        WriteContext(json, target.Context);
        if (format.Level == MetadataLevel.Full && member.TypeAnnotation is not null)
        {
            json.WriteString("@odata.type", member.TypeAnnotation);
        }

        if (target.Selection is { Counts: true })
        {
            json.WriteNumber("@odata.count", selected!.Counts[0]);
        }

        json.WritePropertyName("value");
        using var writer = new EntityJson(view, languages, format, _root, continuation, json);
        if (selected is not null)
        {
            writer.WriteSelected(selected, 0, member);
        }
        else
        {
            writer.WriteValue(target.Id, target.Class, member);
        }

        json.WriteEndObject();
        return ValueTask.CompletedTask;
    });

    public ODataAnswer Service(EntityModel model) => Json((json, _, _) =>
    {
        json.WriteStartObject();
        WriteContext(json, "");
        json.WriteStartArray("value");
        foreach (var set in model.Classes.Select(c => c.Set!).OrderBy(s => s.Name, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("name", set.Name);
            json.WriteString("kind", "EntitySet");
            json.WriteString("url", set.Name);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        return ValueTask.CompletedTask;
    });

    private static void WriteRow(Utf8JsonWriter json, ValueJson values, CollectionRequest request, Term?[] row)
    {
        json.WriteStartObject();
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
                json.WriteEndObject();
                open.RemoveAt(open.Count - 1);
            }

            while (open.Count < path.Length - 1)
            {
                json.WriteStartObject(path[open.Count]);
                open.Add(path[open.Count]);
            }

            json.WritePropertyName(path[^1]);
            values.Write(row[i], columns[i].Type is { } type ? ((IEdmPrimitiveType)type.Definition).PrimitiveKind : null);
        }

        foreach (var _ in open)
        {
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void WriteContext(Utf8JsonWriter json, string fragment)
    {
        if (format.Level != MetadataLevel.None)
        {
            json.WriteString("@odata.context", $"{_root}$metadata{(fragment.Length == 0 ? "" : "#" + fragment)}");
        }
    }

    private ODataAnswer Json(Func<Utf8JsonWriter, Func<CancellationToken, ValueTask>, CancellationToken, ValueTask> write) => new()
    {
        ContentType = format.MediaType,
        Body = async (output, tellLength, cancellation) =>
        {
            var buffer = buffers.Get();
            var (isWhole, longest) = (true, 0);
            try
            {
                using (var json = new Utf8JsonWriter(buffer, ErrorJson.Options))
                {
                    await write(json, SendAsync, cancellation).ConfigureAwait(false);
                }

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
                buffer.Clear();
            }
        },
    };
}
