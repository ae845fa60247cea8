// Reads every entity of every set through the client that odata2ts made of the model.
import { FetchClient } from "@odata2ts/http-client-fetch";
import { MuseumXtdService } from "./generated/MuseumXtdService";

async function main(root: string): Promise<void> {
  const service = new MuseumXtdService(new FetchClient(), root);
  const counts: Record<string, number> = {};
  for (const set of Object.getOwnPropertyNames(MuseumXtdService.prototype).filter((name) => name !== "constructor")) {
    let read = 0;
    let all = 0;
    do {
      const answer = await (service as any)[set]().query((builder: any) => builder.count().skip(read).top(100));
      all = answer.data["@odata.count"];
      read += answer.data.value.length;
    } while (read < all);
    counts[set] = read;
  }

  const recent = await service.Initiatives().query((builder, initiative) =>
    builder.select("id", "name", "startYear").expand("places").filter(initiative.startYear.ge(2020)).orderBy(initiative.startYear.asc()));
  const first = recent.data.value[0];
  const again = await service.Initiatives(first.id).query();
  console.log(JSON.stringify({ counts, first: { id: first.id, name: first.name, startYear: first.startYear, places: first.places!.map((p) => p.id) }, again: again.data.name }));
}

main(process.argv[2]).catch((error) => {
  console.error(error);
  process.exit(1);
});
