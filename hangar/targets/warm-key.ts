// What a deployed world depends on, as one hash: the same hash, the same world.

import { createHash, type Hash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Cloud } from "../cloud/cloud.ts";
import { readAssembly } from "./assembly.ts";

export type WarmFacts = {
  readonly assembly: string;
  readonly stacks?: readonly string[] | undefined;
  /** Folder of the scripts that ran before the deployment. */
  readonly init: string;
};

/** The assembly, the init scripts, the settings, and Hangar itself. The port too: functions, buckets and outputs know it. */
export function warmKey(cloud: Cloud, { assembly, stacks = [], init }: WarmFacts): string {
  const hash = createHash("sha256");
  const { version, account, region, strict, origin } = cloud;
  hash.update(JSON.stringify({ version, account, region, strict, origin, stacks }));
  hash.update(readFileSync(join(assembly, "manifest.json")));
  for (const { templatePath, assets } of readAssembly(assembly))
    for (const path of [templatePath, ...assets.map((asset) => asset.path)]) addFiles(hash, path);
  if (existsSync(init)) addFiles(hash, init);
  hash.update(ownCode());
  return hash.digest("hex").slice(0, 32);
}

function addFiles(hash: Hash, path: string): void {
  if (!statSync(path).isDirectory()) {
    hash.update(JSON.stringify([path])).update(readFileSync(path));
    return;
  }
  for (const name of readdirSync(path).toSorted()) addFiles(hash, join(path, name));
}

/** Within one version too the code may change: ours, as we write it. Its files are looked at, not read. */
function ownCode(): string {
  const root = fileURLToPath(new URL("../", import.meta.url));
  const facts = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.test)\.(ts|js|json)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.includes("node_modules"))
    .map((file) => `${file} ${statSync(file).size} ${statSync(file).mtimeMs}`);
  return createHash("sha256").update(facts.toSorted().join("\n")).digest("hex");
}
