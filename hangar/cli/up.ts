// `hangar up`: starts the cloud, deploys the app, prints its URLs, and deploys again whenever the sources change.

import { existsSync } from "node:fs";
import { embeddedTarget } from "../targets/embedded.ts";
import { readAssembly } from "../targets/assembly.ts";
import type { Target } from "../targets/target.ts";
import { appOptions, synthFor } from "./app.ts";
import { flag, portOf, say, sayAside, text, type Command, type Words } from "./command.ts";
import { runInitScripts } from "./init-scripts.ts";
import { environmentOf, openInstance, type Instance } from "./instance.ts";
import { untilStopped } from "./lifetime.ts";

export const command: Command = {
  name: "up",
  says: "Start the cloud, deploy the app, serve it, deploy again on save.",
  usage: "up [--port N] [--no-watch]",
  options: {
    ...appOptions,
    port: { type: "string", says: "port to listen on (4566, or the next free one)" },
    "no-watch": { type: "boolean", says: "do not watch the sources" },
    init: { type: "string", says: "folder of ready.d scripts (localstack-init)" },
  },
  async run(words) {
    const stopped = untilStopped();
    const { cloud, instance, close } = await openInstance({}, portOf(words), say);
    try {
      await runInitScripts(cloud, instance, text(words, "init") ?? "localstack-init");
      const target = embeddedTarget(cloud);
      await deployAll(target, instance, words);
      say(`\nEndpoint: ${instance.endpoint}`);
      for (const [name, value] of Object.entries(environmentOf(instance))) say(`export ${name}=${value}`);
      const watching = flag(words, "no-watch") || !existsSync("cdk.json") ? undefined : await watch(target, instance, words);
      say("\nCtrl-C stops it.");
      await stopped;
      await watching?.();
    } finally {
      await close();
    }
    return 0;
  },
};

async function deployAll(target: Target, instance: Instance, words: Words): Promise<void> {
  const started = performance.now();
  const assembly = await synthFor(instance, words);
  const synthesised = performance.now();
  for (const stack of readAssembly(assembly)) {
    const { stackName, outputs } = await target.deploy(stack, say);
    say(`\n${stackName}`);
    for (const [name, value] of Object.entries(outputs)) say(`  ${name} = ${value}`);
  }
  say(`\nsynth ${((synthesised - started) / 1000).toFixed(2)} s, deploy ${((performance.now() - synthesised) / 1000).toFixed(2)} s`);
}

async function watch(target: Target, instance: Instance, words: Words): Promise<() => Promise<void>> {
  const { watchSources } = await import("./watch.ts");
  return watchSources(async (paths) => {
    say(`\nChanged: ${paths.join(", ")}`);
    await deployAll(target, instance, words).catch((error: unknown) => sayAside(error instanceof Error ? error.message : String(error)));
  });
}
