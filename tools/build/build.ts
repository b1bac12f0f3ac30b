// Compiles hangar/ to hangar/dist in the same layout, with every data file beside the code that reads it.

import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, globSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const product = join(root, "hangar");
const output = join(product, "dist");

function compile(): number {
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const run = spawnSync(process.execPath, [compiler, "-p", join(product, "tsconfig.build.json")], { stdio: "inherit" });
  return run.status ?? 1;
}

/** Data, assets, generated declarations and non-TypeScript runtimes: whatever code finds by `import.meta.url`. */
function isShippedAsIs(path: string): boolean {
  if (/(^|\/)(dist|node_modules|recordings|fixtures)(\/|$)/.test(path)) return false;
  if (path.endsWith(".d.ts")) return true;
  return !/\.ts$|\.md$|^package\.json$|^tsconfig[^/]*\.json$/.test(path);
}

function copyData(): number {
  const files = globSync("**/*", { cwd: product, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(product, join(entry.parentPath, entry.name)))
    .filter(isShippedAsIs);
  for (const file of files) cpSync(join(product, file), join(output, file));
  return files.length;
}

/** tsc rewrites import specifiers only; files started as processes or workers are named by URL. */
function rewriteUrls(): void {
  for (const file of globSync("**/*.js", { cwd: output })) {
    const path = join(output, file);
    const text = readFileSync(path, "utf8");
    const rewritten = text.replace(/(new URL\(\s*(["'`])\.{1,2}\/[^"'`]+)\.ts\2(,\s*import\.meta\.url)/g, "$1.js$2$3");
    if (rewritten !== text) writeFileSync(path, rewritten);
  }
}

function publishBin(): void {
  const bin = join(output, "cli/main.js");
  if (!existsSync(bin)) return;
  const text = readFileSync(bin, "utf8");
  if (!text.startsWith("#!")) writeFileSync(bin, `#!/usr/bin/env node\n${text}`);
  chmodSync(bin, 0o755);
}

rmSync(output, { recursive: true, force: true });
const status = compile();
const copied = copyData();
rewriteUrls();
publishBin();
for (const file of ["LICENSE", "NOTICE"]) cpSync(join(root, file), join(dirname(output), file));
console.log(`hangar/dist: compiled${status === 0 ? "" : " with type errors"}, ${copied} data files`);
process.exitCode = status;
