// The Node runtime of an execution environment: waits for its orders on stdin, becomes one function, then serves it.

import { execFileSync } from "node:child_process";
import { writeSync } from "node:fs";
import { createInterface } from "node:readline";
import process from "node:process";
import { Channel } from "./channel.mjs";
import { countPauses, followWorld } from "./clock.mjs";
import { patchConsole, reportError } from "./console.mjs";
import { loadHandler } from "./handler.mjs";
import { serve, watchEscapes } from "./loop.mjs";
import { addModulePlaces } from "./modules.mjs";
import { keepInside } from "./network.mjs";
import { mapPaths } from "./paths.mjs";
import { preload, stopPreloading } from "./preload.mjs";
import { errorBody } from "./errors.mjs";
import { sayWhoAsks } from "./sender.mjs";
import { installStreaming } from "./streaming.mjs";

/** Lines of JSON: `{ preload, modules }` any number of times, then `{ env, cwd, layers, modules, endpoint, clockOffset, mounts }`. The end of stdin is the end of the parent. */
const lines = createInterface({ input: process.stdin });
process.stdin.on("end", () => process.exit(1));
process.stdin.on("error", () => process.exit(1));

lines.on("line", (line) => {
  const orders = JSON.parse(line);
  if (orders.preload !== undefined) return preload(orders);
  stopPreloading();
  lines.close();
  process.stdin.resume();
  process.stdin.unref?.();
  void become(orders);
});

async function become(orders) {
  if (orders.env !== undefined) {
    for (const name of Object.keys(process.env)) delete process.env[name];
    Object.assign(process.env, orders.env);
  }
  if (orders.mounts !== undefined) {
    execFileSync("/bin/sh", ["-c", orders.mounts]);
    writeSync(3, `{"mounted":true}\n`);
  }
  process.chdir(orders.cwd);
  process.argv.length = 1;
  const channel = new Channel();
  if (orders.cwd !== "/var/task") mapPaths(orders.cwd, orders.layers);
  addModulePlaces(orders.modules);
  sayWhoAsks(orders.endpoint);
  keepInside(orders.endpoint);
  patchConsole();
  if (orders.clockOffset !== undefined) followWorld(orders.clockOffset);
  if (process.execArgv.some((word) => word.startsWith("--inspect"))) countPauses();
  installStreaming();
  watchEscapes(channel);
  let handler;
  try {
    handler = await loadHandler(process.env.LAMBDA_TASK_ROOT, process.env._HANDLER);
  } catch (error) {
    reportError("Uncaught Exception", error);
    await channel.fail(undefined, errorBody(error));
    process.exit(129);
  }
  // Rejections while it was loaded count as its failure.
  await new Promise(setImmediate);
  await serve(channel, handler);
}
