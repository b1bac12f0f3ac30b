// `hangar start`: the bare endpoint, in the foreground until Ctrl-C or in the background.

import { spawn } from "node:child_process";
import { mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { rememberBeginning } from "../cloud/reset.ts";
import { flag, portOf, say, text, UsageError, type Command, type Words } from "./command.ts";
import { embeddedPlace } from "./configured.ts";
import { ask, environmentOf, findInstance, openFolderInstance, type Instance } from "./instance.ts";
import { runInitScripts } from "./init-scripts.ts";
import { keepingOf, keepingOptions } from "./keeping.ts";
import { firstKeys, realityOf, realityOptions } from "./reality.ts";
import { untilStopped } from "./lifetime.ts";

export const command: Command = {
  name: "start",
  says: "Start the bare endpoint.",
  usage: "start [--port N] [--detach]",
  options: {
    port: { type: "string", says: "port to listen on; 0 takes any free one (4566, or the next free one)" },
    host: { type: "string", says: "address to listen on (127.0.0.1)" },
    region: { type: "string", says: "default region (hangar.config.ts's targets.embedded, us-east-1)" },
    account: {
      type: "string",
      says: "account of keys that name none (hangar.config.ts's targets.embedded, 000000000000)",
    },
    ...keepingOptions,
    ...realityOptions,
    init: { type: "string", says: "folder of ready.d scripts (localstack-init)" },
    detach: { type: "boolean", says: "run in the background" },
    json: { type: "boolean", says: "print the instance as JSON" },
  },
  run: (words) => (flag(words, "detach") ? detach(words) : foreground(words)),
};

async function foreground(words: Words): Promise<number> {
  const json = flag(words, "json");
  const stopped = untilStopped();
  const whose = await embeddedPlace();
  const { cloud, instance, close } = await openFolderInstance(
    {
      region: text(words, "region") ?? whose.region,
      account: text(words, "account") ?? whose.account,
      ...keepingOf(words),
      ...realityOf(words),
      host: text(words, "host"),
    },
    portOf(words),
    (line) => json || say(line),
  );
  try {
    if (text(words, "snapshot") === undefined)
      await runInitScripts(cloud, instance, text(words, "init") ?? "localstack-init");
    rememberBeginning(cloud);
    announce(instance, json, await firstKeys(cloud, words));
    await stopped;
  } finally {
    await close();
  }
  return 0;
}

function announce(instance: Instance, json: boolean, keys: Readonly<Record<string, string>> = {}): void {
  const environment = { ...environmentOf(instance), ...keys };
  if (json) return say(JSON.stringify({ ...instance, environment }));
  say(`Hangar is ready: ${instance.endpoint}\n`);
  for (const [name, value] of Object.entries(environment)) say(`export ${name}=${value}`);
  // The line that Testcontainers' LocalStack modules wait for.
  say("\nReady.");
}

async function detach(words: Words): Promise<number> {
  if (text(words, "seed-role") !== undefined)
    throw new UsageError("--seed-role prints its keys, once: it cannot be used with --detach.");
  const running = findInstance();
  if (running !== undefined) throw new Error(`Already running: ${running.endpoint} (process ${running.pid}).`);
  const folder = join(process.cwd(), ".hangar");
  mkdirSync(folder, { recursive: true });
  const log = join(folder, "start.log");
  const out = openSync(log, "w");
  const main = process.argv[1] as string;
  const passed = process.argv.slice(3).filter((word) => word !== "--detach" && word !== "--json");
  const child = spawn(process.execPath, [...process.execArgv, main, "start", ...passed], {
    detached: true,
    stdio: ["ignore", out, out],
  });
  let ended = false;
  child.once("exit", () => (ended = true));
  for (let tries = 0; tries < 600 && !ended; tries += 1) {
    const instance = findInstance();
    if (instance?.pid === child.pid && instance !== undefined && (await ready(instance))) {
      child.unref();
      announce(instance, flag(words, "json"));
      return 0;
    }
    await wait(20);
  }
  child.kill();
  throw new Error(`It did not start:\n${readFileSync(log, "utf8")}`);
}

async function ready(instance: Instance): Promise<boolean> {
  const state = (await ask(instance, "/_localstack/init/ready").catch(() => undefined)) as
    | { completed?: boolean }
    | undefined;
  return state?.completed === true;
}
