// The function bundles an app made when it was synthesised, and how to make one of them again.

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { zipFolder } from "./zip.ts";

/** As record-bundles.cjs writes it. */
type Recorded = {
  readonly program: string;
  readonly parameters: readonly string[];
  readonly cwd: string;
  readonly output: string;
  readonly sha256: string;
  readonly metafile: string;
};

export type Bundle = {
  readonly recorded: Recorded;
  /** Absolute paths of the sources that went into it. */
  readonly inputs: ReadonlySet<string>;
  /** Names of the assets in the assembly that hold it, e.g. `asset.0b59…`. */
  readonly assets: readonly string[];
};

/** Bundles of the last synthesis, matched with the assets they became. */
export function readBundles(folder: string, assembly: string): Bundle[] {
  const path = join(folder, "bundles.jsonl");
  if (!existsSync(path)) return [];
  const assets = new Map<string, string[]>();
  for (const file of globSync("asset.*/*.{js,mjs,cjs}", { cwd: assembly })) {
    const sha256 = createHash("sha256")
      .update(readFileSync(join(assembly, file)))
      .digest("hex");
    assets.set(sha256, [...(assets.get(sha256) ?? []), file.slice(0, file.indexOf("/"))]);
  }
  const lines = readFileSync(path, "utf8").trim().split("\n");
  return lines.map((line) => {
    const recorded = JSON.parse(line) as Recorded;
    const { inputs } = JSON.parse(readFileSync(recorded.metafile, "utf8")) as { inputs: Record<string, unknown> };
    return {
      recorded,
      inputs: new Set(Object.keys(inputs).map((input) => resolve(recorded.cwd, input))),
      assets: assets.get(recorded.sha256) ?? [],
    };
  });
}

/** The bundles that changed sources belong to; undefined when a source belongs to none, so that all must be made again. */
export function affected(bundles: readonly Bundle[], paths: readonly string[]): readonly Bundle[] | undefined {
  const found = new Set<Bundle>();
  for (const path of paths) {
    const of = bundles.filter((bundle) => bundle.inputs.has(resolve(path)) && bundle.assets.length > 0);
    if (of.length === 0) return undefined;
    for (const bundle of of) found.add(bundle);
  }
  return [...found];
}

/** The bundle of today's sources, zipped. Throws an Error with esbuild's words when they do not compile. */
export async function rebundle(bundle: Bundle, folder: string): Promise<Uint8Array> {
  const { recorded } = bundle;
  const target = join(folder, `again-${basename(recorded.metafile, ".json")}`);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  const output = join(target, basename(recorded.output));
  await run(
    recorded.program,
    recorded.parameters.map((each) => each.replaceAll(recorded.output, output)),
    recorded.cwd,
  );
  return zipFolder(target);
}

function run(program: string, parameters: readonly string[], cwd: string): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(program, parameters, { cwd, stdio: ["ignore", "ignore", "pipe"] });
    const said: Buffer[] = [];
    child.stderr.on("data", (chunk: Buffer) => said.push(chunk));
    child.once("error", fail);
    child.once("close", (code) => (code === 0 ? done() : fail(new Error(Buffer.concat(said).toString()))));
  });
}
