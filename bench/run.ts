// `npm run bench [SECTION ...]`: every budget of the house in one table, beside the raw machine in the same run.

import { markdown, type Row } from "./table.ts";

const sections: Readonly<Record<string, () => Promise<{ readonly run: () => Promise<readonly Row[]> }>>> = {
  start: () => import("./sections/start.ts"),
  fork: () => import("./sections/fork.ts"),
  http: () => import("./sections/http.ts"),
  process: () => import("./sections/in-process.ts"),
  objects: () => import("./sections/objects.ts"),
  functions: () => import("./sections/functions.ts"),
  deploy: () => import("./sections/deploy.ts"),
};

const wanted = process.argv.slice(2);
const rows: Row[] = [];
for (const [name, load] of Object.entries(sections)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stderr.write(`${name} …\n`);
  rows.push(...(await (await load()).run()));
}
process.stdout.write(`${markdown(rows)}\n`);
