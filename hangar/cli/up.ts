// `hangar up`: starts the cloud, deploys the app, prints its URLs, and deploys again whenever the sources change.

import { existsSync } from "node:fs";
import type { Cloud } from "../cloud/cloud.ts";
import { embeddedTarget } from "../targets/embedded.ts";
import { readAssembly } from "../targets/assembly.ts";
import type { Target } from "../targets/target.ts";
import { appOptions, BUNDLES, synthFor } from "./app.ts";
import { flag, portOf, say, sayAside, text, type Command, type Words } from "./command.ts";
import { runInitScripts } from "./init-scripts.ts";
import { environmentOf, openFolderInstance, type Instance } from "./instance.ts";
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
    const { cloud, instance, close } = await openFolderInstance({}, portOf(words), say);
    try {
      await runInitScripts(cloud, instance, text(words, "init") ?? "localstack-init");
      const target = embeddedTarget(cloud);
      const assembly = await deployAll(target, instance, words);
      say(`\nEndpoint: ${instance.endpoint}`);
      for (const [name, value] of Object.entries(environmentOf(instance))) say(`export ${name}=${value}`);
      const watching =
        flag(words, "no-watch") || !existsSync("cdk.json")
          ? undefined
          : await watch({ cloud, target, instance, words, assembly });
      say("\nCtrl-C stops it.");
      await stopped;
      await watching?.();
    } finally {
      await close();
    }
    return 0;
  },
};

async function deployAll(target: Target, instance: Instance, words: Words): Promise<string> {
  const started = performance.now();
  const assembly = await synthFor(instance, words);
  const synthesised = performance.now();
  for (const stack of readAssembly(assembly)) {
    const { stackName, outputs } = await target.deploy(stack, say);
    say(`\n${stackName}`);
    for (const [name, value] of Object.entries(outputs)) say(`  ${name} = ${value}`);
  }
  say(`\nsynth ${seconds(synthesised - started)}, deploy ${seconds(performance.now() - synthesised)}`);
  return assembly;
}

type Watched = {
  readonly cloud: Cloud;
  readonly target: Target;
  readonly instance: Instance;
  readonly words: Words;
  assembly: string;
};

async function watch(watched: Watched): Promise<() => Promise<void>> {
  const { watchSources } = await import("./watch.ts");
  return watchSources(async (paths) => {
    try {
      if (!(await swapped(watched, paths))) {
        say(`\nChanged: ${paths.join(", ")}`);
        watched.assembly = await deployAll(watched.target, watched.instance, watched.words);
      }
    } catch (error) {
      sayAside(error instanceof Error ? error.message : String(error));
    }
  });
}

/** True when only sources of function bundles changed, and those functions have their new code. */
async function swapped({ cloud, assembly }: Watched, paths: readonly string[]): Promise<boolean> {
  const started = performance.now();
  const { affected, readBundles, rebundle } = await import("../targets/bundles.ts");
  const { swapCode } = await import("../targets/hot-swap.ts");
  const bundles = affected(readBundles(BUNDLES, assembly), paths);
  if (bundles === undefined) return false;
  const stacks = readAssembly(assembly);
  const names = await Promise.all(
    bundles.map(async (bundle) => swapCode(cloud, stacks, bundle, await rebundle(bundle, BUNDLES))),
  );
  say(`Swapped in ${seconds(performance.now() - started)}: ${names.flat().join(", ")}`);
  return true;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
