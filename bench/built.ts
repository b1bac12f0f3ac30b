// The benchmarks measure what is published: hangar/dist, built again when a source is newer.

import { spawnSync } from "node:child_process";
import { existsSync, globSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const PRODUCT = fileURLToPath(new URL("../hangar/", import.meta.url));

export function ensureBuilt(): void {
  const sources = globSync("**/*.{ts,json,mjs,py}", {
    cwd: PRODUCT,
    exclude: (path) => /^(dist|node_modules)$/.test(path),
  });
  const newest = Math.max(...sources.map((path) => statSync(`${PRODUCT}${path}`).mtimeMs));
  const built = `${PRODUCT}dist/index.js`;
  if (existsSync(built) && statSync(built).mtimeMs > newest) return;
  process.stderr.write("building hangar/dist …\n");
  const script = fileURLToPath(new URL("../tools/build/build.ts", import.meta.url));
  // Type errors do not change what runs: they are said, and the rest was built.
  spawnSync(process.execPath, [script], { stdio: ["ignore", 2, 2] });
  if (!existsSync(built) || statSync(built).mtimeMs <= newest) throw new Error("The build failed.");
}
