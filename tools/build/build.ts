// Builds hangar/dist: a few chunks of JavaScript instead of a thousand files, the declarations the doors need, the data.

import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";
import { declarationsFrom } from "./declarations.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const product = join(root, "hangar");
const output = join(product, "dist");

/** What `exports` of package.json names. */
const DOORS = ["index.ts", "vitest/index.ts", "vitest/setup.ts"];
/** Files that are started as processes or threads: named by URL, so they keep their place. The rest of the code lies flat in dist/. */
const PROGRAMS = ["cli/main.ts", "cli/aws-shim.ts", "services/s3/engine/md5-thread.ts"];

/** Code finds its data by its own URL. In a chunk that URL is another, so each file is told where it came from. */
const ownUrls: Plugin = {
  name: "own-urls",
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      const place = JSON.stringify(relative(product, path).replaceAll("\\", "/"));
      const contents = text
        .replace(/(new URL\(\s*"\.{1,2}\/[^"]+)\.ts"(,\s*import\.meta\.url)/g, '$1.js"$2')
        .replaceAll("import.meta.url", `new URL(${place}, import.meta.url).href`);
      return { contents, loader: "ts" };
    });
  },
};

async function bundle(): Promise<void> {
  await build({
    absWorkingDir: product,
    entryPoints: [...DOORS, ...PROGRAMS].map((path) => ({ in: path, out: flatName(path) })),
    outdir: output,
    chunkNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node22.12",
    packages: "external",
    legalComments: "none",
    logLevel: "warning",
    plugins: [ownUrls],
  });
  for (const path of PROGRAMS) writeProgram(path);
}

function flatName(path: string): string {
  return path.replace(/\.ts$/, "").replaceAll("/", "-");
}

/** In the program's place, a file that runs its chunk. */
function writeProgram(path: string): void {
  const file = join(output, path.replace(/\.ts$/, ".js"));
  mkdirSync(dirname(file), { recursive: true });
  const up = "../".repeat(path.split("/").length - 1);
  writeFileSync(file, `#!/usr/bin/env node\nimport "${up}${flatName(path)}.js";\n`);
  chmodSync(file, 0o755);
}

function compileDeclarations(): number {
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const run = spawnSync(process.execPath, [compiler, "-p", join(product, "tsconfig.build.json")], { stdio: "inherit" });
  return run.status ?? 1;
}

/** Data, assets and runtimes in other languages: whatever code finds by `import.meta.url`. */
function isData(path: string): boolean {
  if (/(^|\/)(dist|node_modules|recordings|fixtures)(\/|$)/.test(path) || !path.includes("/")) return false;
  return !/\.(ts|md|tgz)$/.test(path) && path !== "protocols/boto-calls.py";
}

function copyData(): number {
  const files = globSync("**/*", { cwd: product, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(product, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .filter(isData);
  for (const file of files) cpSync(join(product, file), join(output, file));
  return files.length;
}

rmSync(output, { recursive: true, force: true });
const status = compileDeclarations();
for (const file of globSync("models/*.d.ts", { cwd: product })) cpSync(join(product, file), join(output, file));
const declarations = new Set(
  DOORS.flatMap((door) => [...declarationsFrom(join(output, door.replace(/\.ts$/, ".d.ts")))]),
);
for (const file of globSync("**/*.d.ts", { cwd: output }).map((each) => join(output, each)))
  if (!declarations.has(file)) rmSync(file);
await bundle();
const copied = copyData();
for (const file of ["LICENSE", "NOTICE"]) cpSync(join(root, file), join(product, file));
const chunks = globSync("*.js", { cwd: output }).length;
console.log(`hangar/dist: ${chunks} chunks, ${declarations.size} declarations, ${copied} data files`);
if (status !== 0) console.error("There are type errors.");
process.exitCode = status;
