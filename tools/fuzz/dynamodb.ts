// `npm run fuzz:dynamodb [-- --count 100000 --seed 1]`: every answer to random requests must be well formed. `npm run fuzz:partiql` sends PartiQL alone.

import { parseArgs } from "node:util";
import { openCloud } from "../../hangar/index.ts";
import { fuzz } from "./dynamodb-run.ts";

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "100000" },
    seed: { type: "string", default: "1" },
    only: { type: "string" },
  },
});
const { cloud, close } = await openCloud({ listen: false, seed: "fuzz" });
const started = performance.now();
const { answers, complaints } = await fuzz(
  cloud,
  Number(values.seed),
  Number(values.count),
  values.only === undefined ? undefined : new RegExp(values.only),
);
await close();
for (const [answer, times] of Object.entries(answers).toSorted(([left], [right]) => (left < right ? -1 : 1)))
  console.log(String(times).padStart(7), answer);
for (const { why, operation, status, body, answer } of complaints)
  console.log(`\n${why}\n${operation} ${body.slice(0, 400)}\n-> ${status} ${answer.slice(0, 400)}`);
console.log(`\n${complaints.length} complaints in ${Math.round((performance.now() - started) / 1000)} s`);
process.exitCode = complaints.length === 0 ? 0 : 1;
