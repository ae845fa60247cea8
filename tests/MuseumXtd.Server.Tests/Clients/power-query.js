// Tells whether a text is well formed in the language of Power Query.
const { DefaultSettings, TaskUtils } = require("@microsoft/powerquery-parser");

async function main(file) {
  const task = await TaskUtils.tryLexParse(DefaultSettings, require("fs").readFileSync(file, "utf8"));
  if (task.resultKind !== "Ok") {
    console.error(task.error.message);
    process.exit(1);
  }
}

main(process.argv[2]);
