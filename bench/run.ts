// `npm run bench [SECTION ...]`: every budget of the house in one table, beside the raw machine in the same run.
// `--write` puts the whole table into docs/benchmarks.md.

import { writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { ensureBuilt } from "./built.ts";
import { page } from "./page.ts";
import { markdown, type Row } from "./table.ts";

const sections: Readonly<Record<string, () => Promise<{ readonly run: () => Promise<readonly Row[]> }>>> = {
  start: () => import("./sections/start.ts"),
  fork: () => import("./sections/fork.ts"),
  http: () => import("./sections/http.ts"),
  dynamodb: () => import("./sections/dynamodb.ts"),
  tables: () => import("./sections/tables.ts"),
  process: () => import("./sections/in-process.ts"),
  objects: () => import("./sections/objects.ts"),
  keys: () => import("./sections/keys.ts"),
  functions: () => import("./sections/functions.ts"),
  deploy: () => import("./sections/deploy.ts"),
  check: () => import("./sections/check.ts"),
  overhead: () => import("./sections/overhead.ts"),
  suite: () => import("./sections/suite.ts"),
  e2e: () => import("./sections/e2e.ts"),
};

const { values, positionals: wanted } = parseArgs({
  options: { write: { type: "boolean" } },
  allowPositionals: true,
});
for (const name of wanted) if (!(name in sections)) throw new Error(`There is no section "${name}".`);
if (values.write === true && wanted.length > 0) throw new Error("--write is for the whole table.");

const [load = Number.NaN] = loadavg();
ensureBuilt();
const rows: Row[] = [];
for (const [name, load] of Object.entries(sections)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stderr.write(`${name} …\n`);
  rows.push(...(await (await load()).run()));
}
process.stdout.write(`${markdown(rows)}\n`);
if (values.write === true)
  writeFileSync(fileURLToPath(new URL("../docs/benchmarks.md", import.meta.url)), page(rows, new Date(), load));
