// Requests as odata-query builds them.
const buildQuery = require("odata-query").default;

async function main(root) {
  const queries = {
    comparison: { select: ["id"], filter: { startYear: { ge: 2020, lt: 2030 } } },
    any: { select: ["id"], filter: { places: { any: { isoCode: "CA" } } } },
    or: { select: ["id"], filter: { or: [{ id: "atelier-ouvert" }, { id: "none" }] } },
    contains: { select: ["id"], filter: { "tolower(name)": { contains: "atelier" } } },
    in: { select: ["id"], filter: { id: { in: ["atelier-ouvert"] } } },
    expand: { select: ["id"], expand: { places: { select: ["id"], orderBy: "id", top: 1 } }, count: true, orderBy: ["startYear desc", "id"], top: 1 },
    search: { select: ["id"], search: "atelier" },
    transform: { transform: [{ filter: { startYear: { gt: 2000 } } }, { groupBy: { properties: ["startYear"], transform: [{ aggregate: { id: { with: "countdistinct", as: "n" } } }] } }] },
    key: { key: "atelier-ouvert", select: ["name"] },
  };
  const answers = {};
  for (const [name, query] of Object.entries(queries)) {
    const answer = await fetch(root + "/Initiatives" + buildQuery(query));
    answers[name] = { status: answer.status, body: await answer.json() };
  }

  console.log(JSON.stringify(answers));
}

main(process.argv[2]);
