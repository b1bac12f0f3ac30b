// `npm run fuzz:s3 [-- --count 100000 --seed 1]`: every answer to random requests must be well formed, and nothing is written beside the data folder.

import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openCloud } from "../../hangar/index.ts";
import { fuzz } from "./s3-run.ts";

const { values } = parseArgs({
  options: { count: { type: "string", default: "100000" }, seed: { type: "string", default: "1" } },
});
const folder = await mkdtemp(join(tmpdir(), "hangar-fuzz-"));
const { cloud, close } = await openCloud({ listen: false, seed: "fuzz", directory: join(folder, "data") });
const started = performance.now();
const { answers, complaints } = await fuzz(cloud, Number(values.seed), Number(values.count));
await close();
const written = await readdir(folder);
await rm(folder, { recursive: true });
for (const [answer, times] of Object.entries(answers).toSorted(([left], [right]) => (left < right ? -1 : 1)))
  console.log(String(times).padStart(7), answer);
for (const { why, method, path, query, headers, body, status, answer } of complaints)
  console.log(
    `\n${why}\n${method} ${path.slice(0, 200)}?${query.slice(0, 200)} ${JSON.stringify(headers).slice(0, 600)}\n${Buffer.from(body).toString().slice(0, 300)}\n-> ${status} ${answer.slice(0, 600)}`,
  );
const escaped = written.filter((name) => name !== "data");
console.log(
  `\n${complaints.length} complaints, ${escaped.length} files beside the data folder, in ${Math.round((performance.now() - started) / 1000)} s`,
);
process.exitCode = complaints.length === 0 && escaped.length === 0 ? 0 : 1;
