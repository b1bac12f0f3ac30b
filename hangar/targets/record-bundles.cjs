// Preloaded into a CDK app: notes each esbuild bundle it makes (command, inputs, output), so that a save can redo just that one.

"use strict";

const childProcess = require("node:child_process");
const { createHash } = require("node:crypto");
const { appendFileSync, existsSync, readFileSync } = require("node:fs");
const { join } = require("node:path");

// oxlint-disable-next-line hangar/world-only -- runs in the app's own process, which has nothing else to be told by
const folder = process.env.HANGAR_BUNDLES;
const run = childProcess.spawnSync;
let count = 0;

if (folder) {
  childProcess.spawnSync = (program, parameters, options) => {
    const bundle = Array.isArray(parameters) ? parameters.indexOf("--bundle") : -1;
    const output =
      bundle < 1 ? undefined : parameters.find((each) => each.startsWith("--outfile="))?.slice("--outfile=".length);
    if (output === undefined || !/(^|\/)esbuild$/.test([program, ...parameters][bundle]))
      return run(program, parameters, options);
    count += 1;
    const cwd = options?.cwd ?? process.cwd();
    const metafile = join(folder, `${process.pid}-${count}.json`);
    const [esbuild, before] = direct(program, parameters.slice(0, bundle), cwd);
    const command = [...before, ...parameters.slice(bundle)];
    const result = run(esbuild, [...command, `--metafile=${metafile}`], options);
    if (result.status === 0 && existsSync(output)) {
      const sha256 = createHash("sha256").update(readFileSync(output)).digest("hex");
      appendFileSync(
        join(folder, "bundles.jsonl"),
        `${JSON.stringify({ program: esbuild, parameters: command, cwd, output, sha256, metafile })}\n`,
      );
    }
    return result;
  };
}

/** The local esbuild itself where it can be found: `npx --no-install` in front of it costs more than the bundle. */
function direct(program, before, cwd) {
  if (!/(^|\/)npx$/.test(program) || process.platform === "win32") return [program, before];
  try {
    return [require.resolve("esbuild/bin/esbuild", { paths: [cwd] }), []];
  } catch {
    return [program, before];
  }
}
