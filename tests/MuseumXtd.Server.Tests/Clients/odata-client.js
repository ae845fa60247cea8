// Requests as @odata/client makes them, also several in one.
const { OData } = require("@odata/client");

async function main(root) {
  const client = OData.New4({ serviceEndpoint: root + "/", fetchProxy: async (url, init) => {
    const answer = await fetch(url, init);
    return { content: answer.headers.get("content-type").includes("json") ? await answer.json() : await answer.text(), response: answer };
  } });
  const initiatives = client.getEntitySet("Initiatives");
  const options = client.newOptions().filter(client.newFilter().property("startYear").gt(2000)).select(["id", "name"]).orderby("name").top(5);
  const found = await initiatives.query(options);
  const one = await initiatives.retrieve("atelier-ouvert");
  const count = await initiatives.count();
  const batch = await client.execBatchRequests([
    client.newBatchRequest({ collection: "Initiatives", params: client.newParam().top(1).select(["id"]) }),
    client.newBatchRequest({ collection: "Organisations", params: client.newParam().top(1).select(["id"]) }),
  ]);
  const parts = await Promise.all(batch.map(async (part) => ({ status: part.status, body: await part.json() })));
  console.log(JSON.stringify({ found, one: one.name, count, parts }));
}

main(process.argv[2]).catch((error) => {
  console.error(error);
  process.exit(1);
});
