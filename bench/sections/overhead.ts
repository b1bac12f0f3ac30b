// What a world of its own costs a test: fork, fixtures, a client, and dropping it; and the room that forks take.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startHangar, type Server } from "../child.ts";
import { synth } from "../../hangar/targets/synth.ts";
import { atMost, median, ms, type Row } from "../table.ts";
import { runVitest } from "../vitest-run.ts";
import { post } from "../suite/shop.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const FORKS = 1000;

export async function run(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "hangar-bench-"));
  const where = { account: "000000000000", region: "us-east-1", environment: process.env };
  try {
    const shop = await synth({ ...where, directory: join(ROOT, "docs/examples"), output: join(folder, "shop") });
    const environment = { BENCH_WAY: "fixtures", BENCH_TESTS: "overhead.test.ts", BENCH_ASSEMBLY: shop };
    const { durations } = await runVitest("./suite/vitest.config.ts", 1, environment);
    const without = median(durations("without"));
    const overhead = median(durations("with ")) - without;
    const nebula = await synth({ ...where, directory: ROOT, output: join(folder, "nebula") });
    return [
      {
        what: "a test's own world: fork, fixtures, a client, p50",
        measured: ms(overhead),
        against: `an empty test: ${ms(without)}`,
        ...atMost(5, overhead, "ms"),
      },
      ...(await manyForks(nebula)),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Nebula deployed, and forked a thousand times; each fork has a port, and has put a parameter of its own. */
async function manyForks(assembly: string): Promise<readonly Row[]> {
  const server = await startHangar();
  try {
    const endpoint = `http://127.0.0.1:${server.port}`;
    await post(endpoint, "deploy", { assembly });
    const idle = server.residentMb();
    const started = performance.now();
    const open: string[] = [];
    for (let index = 0; index < FORKS; index += 1) {
      const fork = (await post(endpoint, "forks")) as { readonly endpoint: string };
      open.push(fork.endpoint);
    }
    const each = (performance.now() - started) / FORKS;
    for (const fork of open) await write(fork);
    return [{ what: "POST /_hangar/forks, a port included, mean of 1,000", measured: ms(each) }, memory(server, idle)];
  } finally {
    await server.stop();
  }
}

function memory(server: Server, idle: number): Row {
  const all = server.residentMb();
  return {
    what: `memory with ${FORKS.toLocaleString("en")} forks of Nebula alive, a parameter put in each`,
    measured: `${Math.round(all)} MB`,
    against: `before: ${Math.round(idle)} MB`,
    ratio: all / idle,
    ...atMost(300, all, "MB"),
  };
}

async function write(endpoint: string): Promise<void> {
  const scope = "Credential=foo/20260101/us-east-1/ssm/aws4_request, SignedHeaders=host, Signature=00";
  const response = await fetch(endpoint, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "AmazonSSM.PutParameter",
      "x-amz-date": "20260101T000000Z",
      authorization: `AWS4-HMAC-SHA256 ${scope}`,
      connection: "close",
    },
    body: JSON.stringify({ Name: "/fork", Value: "own", Type: "String" }),
  });
  if (!response.ok) throw new Error(await response.text());
}
