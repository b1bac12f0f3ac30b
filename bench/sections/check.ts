// `hangar check` on an assembly of 300 resources: Nebula's stack, twice.

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { synth } from "../../hangar/targets/synth.ts";
import { atMost, medianOf, ms, type Row } from "../table.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const MAIN = join(ROOT, "hangar/dist/cli/main.js");
const RUNS = 7;

export async function run(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "hangar-bench-"));
  try {
    const assembly = await synth({
      directory: ROOT,
      output: join(folder, "cdk.out"),
      account: "000000000000",
      region: "us-east-1",
      environment: process.env,
      bundles: join(folder, "bundles"),
    });
    doubled(assembly);
    const count = await checked(assembly);
    if (count < 300) throw new Error(`The assembly has ${count} resources.`);
    const time = await medianOf(RUNS, () => checked(assembly));
    return [
      {
        what: `\`hangar check\` of ${count} resources, synth not counted`,
        measured: ms(time),
        ...atMost(2000, time, "ms"),
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Artifact = { readonly type: string; readonly displayName?: string; readonly properties?: object };

/** Each stack once more, under another name. */
function doubled(assembly: string): void {
  const file = join(assembly, "manifest.json");
  const manifest = JSON.parse(readFileSync(file, "utf8")) as { readonly artifacts: Record<string, Artifact> };
  for (const [id, artifact] of Object.entries(manifest.artifacts)) {
    if (artifact.type !== "aws:cloudformation:stack") continue;
    const properties = { ...artifact.properties, stackName: `${id}Again` };
    manifest.artifacts[`${id}Again`] = { ...artifact, displayName: `${id}Again`, properties };
  }
  writeFileSync(file, JSON.stringify(manifest));
}

/** How many resources it read. */
async function checked(assembly: string): Promise<number> {
  const child = spawn(process.execPath, [MAIN, "check", "--app", assembly, "--json"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
  await new Promise((resolve) => child.once("close", resolve));
  const { resources } = JSON.parse(text) as { readonly resources: readonly { readonly count: number }[] };
  return resources.reduce((sum, each) => sum + each.count, 0);
}
