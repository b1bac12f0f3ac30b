// Nebula: synthesised, deployed from cdk.out, deployed again without a change, one handler swapped; and memory when idle.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startHangar } from "../child.ts";
import { atMost, median, ms, timed, type Row } from "../table.ts";
import { affected, readBundles, rebundle } from "../../hangar/targets/bundles.ts";
import { synth } from "../../hangar/targets/synth.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const RUNS = 5;

export async function run(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "hangar-bench-"));
  const bundles = join(folder, "bundles");
  const settings = {
    directory: ROOT,
    output: join(folder, "cdk.out"),
    account: "000000000000",
    region: "us-east-1",
    environment: process.env,
    bundles,
  };
  try {
    let assembly = "";
    const synthesis = await timed(async () => (assembly = await synth(settings)));
    const first: number[] = [];
    const again: number[] = [];
    let idle = Number.NaN;
    for (let index = 0; index < RUNS; index += 1) {
      const server = await startHangar();
      first.push(await timed(() => deploy(server.port, assembly)));
      again.push(await timed(() => deploy(server.port, assembly)));
      idle = server.residentMb();
      await server.stop();
    }
    const made = readBundles(bundles, assembly);
    const source = [...(made[0]?.inputs ?? [])].find((path) => path.includes("/handlers/")) ?? "";
    const bundle = affected(made, [source])?.[0];
    if (bundle === undefined) throw new Error("No bundle to swap.");
    const swap = await timed(() => rebundle(bundle, bundles, { mapped: false }));
    return [
      { what: "synth of Nebula (a process of its own, 9 bundles)", measured: ms(synthesis) },
      { what: "deploy of Nebula from cdk.out", measured: ms(median(first)), ...atMost(1000, median(first), "ms") },
      { what: "deploy without a change", measured: ms(median(again)), ...atMost(100, median(again), "ms") },
      { what: "hot swap: bundle again", measured: ms(swap), ...atMost(1000, swap, "ms") },
      { what: "memory, idle after the deploy", measured: `${Math.round(idle)} MB`, ...atMost(150, idle, "MB") },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function deploy(port: number, assembly: string): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/_hangar/deploy`, {
    method: "POST",
    body: JSON.stringify({ assembly }),
  });
  if (!response.ok) throw new Error(await response.text());
}
