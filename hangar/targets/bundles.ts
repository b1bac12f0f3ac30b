// The function bundles an app made when it was synthesised, and how to make one of them again.

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
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
  /** The folder of one of them: beside the bundle may lie packages, and what hooks have made. */
  readonly folder: string | undefined;
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
    const [asset] = assets.get(recorded.sha256) ?? [];
    return {
      recorded,
      inputs: new Set(Object.keys(inputs).map((input) => resolve(recorded.cwd, input))),
      assets: assets.get(recorded.sha256) ?? [],
      folder: asset === undefined ? undefined : join(assembly, asset),
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

/** The bundle of today's sources and what its asset has beside it, zipped; `mapped` so that a debugger finds the sources where they lie. Throws an Error with esbuild's words when they do not compile. */
export async function rebundle(
  bundle: Bundle,
  folder: string,
  { mapped }: { readonly mapped: boolean },
): Promise<Uint8Array> {
  const { recorded } = bundle;
  const target = join(folder, `again-${basename(recorded.metafile, ".json")}`);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  if (bundle.folder !== undefined) cpSync(bundle.folder, target, { recursive: true, verbatimSymlinks: true });
  const parameters = mapped ? withMap(recorded.parameters, target) : recorded.parameters;
  const output = join(target, basename(recorded.output));
  await run(
    recorded.program,
    parameters.map((each) => each.replaceAll(recorded.output, output)),
    recorded.cwd,
  );
  return zipFolder(target);
}

/** Whatever map the app asks for: the map's names of the sources are seen from where the bundle is made. */
function withMap(parameters: readonly string[], target: string): readonly string[] {
  const own = parameters.filter((each) => !/^--source(map|-root)(=|$)/.test(each));
  return [...own, "--sourcemap=inline", `--source-root=${pathToFileURL(target).href}/`];
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
