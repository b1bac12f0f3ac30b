// `hangar up`: starts the cloud, deploys the app, prints its URLs, and deploys again whenever the sources change.

import { existsSync } from "node:fs";
import type { Cloud } from "../cloud/cloud.ts";
import { rememberBeginning, type Again } from "../cloud/reset.ts";
import type { World } from "../cloud/world.ts";
import { deployApp } from "../targets/deploy-app.ts";
import { embeddedTarget } from "../targets/embedded.ts";
import { readAssembly } from "../targets/assembly.ts";
import type { Bundle } from "../targets/bundles.ts";
import { deployWarm } from "../targets/warm-start.ts";
import type { Target } from "../targets/target.ts";
import { appOptions, BUNDLES, synthFor, warmFolder, warmOptions } from "./app.ts";
import { flag, portOf, say, sayAside, text, type Command, type Words } from "./command.ts";
import { embeddedPlace } from "./configured.ts";
import { runInitScripts } from "./init-scripts.ts";
import { inspect, inspectOf, inspectOption } from "./inspect.ts";
import { environmentOf, openFolderInstance, type Instance } from "./instance.ts";
import { keepingOf, keepingOptions } from "./keeping.ts";
import { untilStopped } from "./lifetime.ts";

export const command: Command = {
  name: "up",
  says: "Start the cloud, deploy the app, serve it, deploy again on save.",
  usage: "up [--port N] [--no-watch] [--inspect[=PORT]]",
  options: {
    ...appOptions,
    ...keepingOptions,
    ...warmOptions,
    ...inspectOption,
    port: { type: "string", says: "port to listen on (4566, or the next free one)" },
    "no-watch": { type: "boolean", says: "do not watch the sources" },
    init: { type: "string", says: "folder of ready.d scripts (localstack-init)" },
  },
  async run(words) {
    const debuggers = inspectOf(words);
    const stopped = untilStopped();
    const { cloud, instance, close } = await openFolderInstance(
      { ...(await embeddedPlace()), ...keepingOf(words) },
      portOf(words),
      say,
    );
    try {
      const snapshot = text(words, "snapshot");
      const warm = { init: text(words, "init") ?? "localstack-init", folder: warmFolder(words) };
      if (snapshot === undefined) await runInitScripts(cloud, instance, warm.init);
      const target = embeddedTarget(cloud);
      const changes = new Map<string, Again>();
      const deployed = { cloud, target, instance, words, changes, debuggers };
      const assembly = await (snapshot === undefined ? deployAll(deployed, warm) : tellOf(deployed, snapshot));
      rememberBeginning(cloud, (world) => applyAll(deployed.changes, world));
      if (cloud.hasKept) changes.set("app", deploying(cloud, assembly));
      if (debuggers !== undefined) inspect(cloud.world, debuggers);
      // A snapshot's functions keep the code that they came with.
      if (snapshot === undefined) await mapSources({ ...deployed, assembly });
      say(`\nEndpoint: ${instance.endpoint}`);
      for (const [name, value] of Object.entries(environmentOf(instance))) say(`export ${name}=${value}`);
      const watching =
        flag(words, "no-watch") || !existsSync("cdk.json") ? undefined : await watch({ ...deployed, assembly });
      say("\nCtrl-C stops it.");
      await stopped;
      await watching?.();
    } finally {
      await close();
    }
    return 0;
  },
};

type Deployed = {
  readonly cloud: Cloud;
  readonly target: Target;
  readonly instance: Instance;
  readonly words: Words;
  /** Since the first deployment: what a reset does again, in order. */
  readonly changes: Map<string, Again>;
  /** The first port of those that functions open. */
  readonly debuggers: number | undefined;
};

type Warm = { readonly init: string; readonly folder: string | undefined };

async function deployAll({ cloud, target, instance, words }: Deployed, warm?: Warm): Promise<string> {
  const started = performance.now();
  const assembly = await synthFor(instance, words);
  const synthesised = performance.now();
  const { stacks, restored } =
    warm === undefined
      ? { ...(await deployApp(target, { assembly }, say)), restored: false }
      : await deployWarm(cloud, { ...warm, assembly }, say);
  for (const { stackName, outputs } of stacks) sayOutputs(stackName, outputs);
  const how = restored ? "brought back in" : "deploy";
  say(`\nsynth ${seconds(synthesised - started)}, ${how} ${seconds(performance.now() - synthesised)}`);
  return assembly;
}

/** The world of a snapshot has the app as it was: it is shown, not deployed anew until the sources change. */
async function tellOf({ target, instance, words, cloud }: Deployed, snapshot: string): Promise<string> {
  const assembly = existsSync("cdk.json") ? await synthFor(instance, words) : "";
  for (const { stackName } of assembly === "" ? [] : readAssembly(assembly))
    sayOutputs(stackName, (await target.outputs(stackName)) ?? {});
  const { mode } = cloud.world.clock;
  const now = new Date(cloud.world.clock.now()).toISOString();
  say(`\nThe world of ${snapshot}. ${mode === "held" ? `Its time stands still at ${now}.` : `It is ${now} there.`}`);
  return assembly;
}

function sayOutputs(stackName: string, outputs: Readonly<Record<string, string>>): void {
  say(`\n${stackName}`);
  for (const [name, value] of Object.entries(outputs)) say(`  ${name} = ${value}`);
}

async function applyAll(changes: ReadonlyMap<string, Again>, world: World): Promise<void> {
  for (const change of changes.values()) await change(world);
}

function deploying(cloud: Cloud, assembly: string): Again {
  return async (world) => void (await deployApp(embeddedTarget(cloud, world), { assembly }, () => undefined));
}

type Watched = Deployed & { assembly: string };

async function watch(watched: Watched): Promise<() => Promise<void>> {
  const { watchSources } = await import("./watch.ts");
  return watchSources(async (paths) => {
    try {
      if (!(await swapped(watched, paths))) {
        say(`\nChanged: ${paths.join(", ")}`);
        watched.assembly = await deployAll(watched);
        watched.changes.clear();
        watched.changes.set("app", deploying(watched.cloud, watched.assembly));
        await mapSources(watched);
      }
    } catch (error) {
      sayAside(error instanceof Error ? error.message : String(error));
    }
  });
}

/** True when only sources of function bundles changed, and those functions have their new code. */
async function swapped(watched: Watched, paths: readonly string[]): Promise<boolean> {
  const started = performance.now();
  const { affected, readBundles } = await import("../targets/bundles.ts");
  const bundles = affected(readBundles(BUNDLES, watched.assembly), paths);
  if (bundles === undefined) return false;
  const names = await swapIn(watched, bundles);
  // Those of nested stacks are not found one by one.
  if (names === undefined) return false;
  say(`Swapped in ${seconds(performance.now() - started)}: ${names.join(", ")}`);
  return true;
}

/** What was deployed has no maps to its sources, which a debugger needs: templates and assets are as they would be without one. */
async function mapSources(watched: Watched): Promise<void> {
  if (watched.debuggers === undefined) return;
  const { readBundles } = await import("../targets/bundles.ts");
  const bundles = readBundles(BUNDLES, watched.assembly);
  await swapIn(
    watched,
    bundles.filter(({ assets }) => assets.length > 0),
  );
}

/** Makes bundles of today's sources; answers the names of the functions that run them, undefined where one has none. */
async function swapIn(
  { cloud, assembly, changes, debuggers }: Watched,
  bundles: readonly Bundle[],
): Promise<readonly string[] | undefined> {
  const { rebundle } = await import("../targets/bundles.ts");
  const { swapCode } = await import("../targets/hot-swap.ts");
  const stacks = readAssembly(assembly);
  const names = await Promise.all(
    bundles.map(async (bundle) => {
      const swap = { bundle, zip: await rebundle(bundle, BUNDLES, { mapped: debuggers !== undefined }) };
      changes.set(bundle.recorded.output, async (world) => void (await swapCode(cloud, stacks, swap, world)));
      return swapCode(cloud, stacks, swap);
    }),
  );
  return names.some((each) => each.length === 0) ? undefined : names.flat();
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
