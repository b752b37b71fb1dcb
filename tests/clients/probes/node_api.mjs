// The Node client: `node node_api.mjs WAREHOUSE QUESTIONS`, run in the folder of its node_modules.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const { DuckDBInstance, version } = createRequire(join(process.cwd(), "x"))("@duckdb/node-api");
const [warehouse, questionsFile] = process.argv.slice(2);

const instance = await DuckDBInstance.create(warehouse, { access_mode: "READ_ONLY" });
const connection = await instance.connect();
const answers = {};
for (const [name, sql] of Object.entries(JSON.parse(readFileSync(questionsFile, "utf-8")))) {
  answers[name] = (await connection.runAndReadAll(sql)).getRows()[0][0];
}
const typed = await connection.runAndReadAll(
  `select value, period_end, quote from mart_observation
   where period_end is not null order by value desc limit 1`,
);
let refused = "";
try {
  await connection.run("create table written (number integer)");
} catch (error) {
  refused = error.message;
}
console.log(
  JSON.stringify({
    version: version(),
    answers,
    types: typed.columnTypes().map(String),
    refused,
  }),
);
