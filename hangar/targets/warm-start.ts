// A warm start: the world of an earlier deployment of the same app, brought back instead of deploying it again.

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AccessUse } from "../cloud/access-tally.ts";
import type { Cloud } from "../cloud/cloud.ts";
import type { UsageCounts } from "../cloud/usage-tally.ts";
import { restoreSnapshot } from "../cloud/snapshot-load.ts";
import { saveSnapshot } from "../cloud/snapshot-save.ts";
import { deployApp } from "./deploy-app.ts";
import { embeddedTarget } from "./embedded.ts";
import type { DeployedStack, DeployedTarget, Progress } from "./target.ts";
import { warmKey, type WarmFacts } from "./warm-key.ts";

export type WarmStart = WarmFacts & {
  /** Where worlds are kept, e.g. `.hangar/worlds`; nothing is brought back or kept when absent. */
  readonly folder: string | undefined;
};

export type Deployment = {
  readonly stacks: readonly DeployedStack[];
  readonly deployed: DeployedTarget;
  readonly restored: boolean;
};

type Kept = Pick<Deployment, "stacks" | "deployed"> & {
  /** What roles asked for while the app was deployed. */
  readonly uses: readonly AccessUse[];
  /** What it used, its calls left out. */
  readonly usage: UsageCounts;
  /** When the first pending work is due. */
  readonly due: number | null;
};

const PORT = "port";
const KEPT = "deployed.json";
/** Worlds kept: of one app on some ports, or of some apps. */
const MOST = 4;

/** The port to ask for: that of the last start, since the worlds kept know it. Any free one the first time. */
export function warmPort(folder: string | undefined): number {
  const file = folder === undefined ? undefined : join(folder, PORT);
  return file !== undefined && existsSync(file) ? Number(readFileSync(file, "utf8")) || 0 : 0;
}

/** Deploys to the main world, settles it, and keeps it; or brings back the one that was kept. */
export async function deployWarm(cloud: Cloud, start: WarmStart, progress: Progress): Promise<Deployment> {
  const { folder } = start;
  cloud.world.countUsage();
  if (folder === undefined || cloud.hasKept) return deployCold(cloud, start, progress);
  const world = join(folder, warmKey(cloud, start));
  const back = await bringBack(cloud, world, progress);
  if (back !== undefined) return back;
  const deployment = await deployCold(cloud, start, progress);
  if (cloud.bugs.length === 0) await keep(cloud, world, deployment);
  prune(folder);
  writeFileSync(join(folder, PORT), new URL(cloud.origin).port);
  return deployment;
}

async function deployCold(cloud: Cloud, start: WarmStart, progress: Progress): Promise<Deployment> {
  const target = embeddedTarget(cloud);
  const { stacks, deployed } = await deployApp(target, start, progress);
  await target.settle(stacks.map(({ stackName }) => stackName));
  cloud.world.countUsage().forgetOperations();
  return { stacks, deployed, restored: false };
}

async function bringBack(cloud: Cloud, world: string, progress: Progress): Promise<Deployment | undefined> {
  const file = join(world, KEPT);
  if (!existsSync(file)) return undefined;
  try {
    const text = readFileSync(file, "utf8");
    const { stacks, deployed, uses, usage, due } = JSON.parse(text) as Kept;
    // A schedule that would have fired long ago is not what a fresh deployment has.
    if (due !== null && due <= cloud.world.clock.now()) return undefined;
    await restoreSnapshot(cloud, cloud.world, { directory: world });
    cloud.world.access.add(uses);
    cloud.world.countUsage().forgetOperations();
    cloud.world.countUsage().add(usage);
    // Used just now: the last to be pruned.
    writeFileSync(file, text);
    return { stacks, deployed, restored: true };
  } catch (error) {
    progress(`Deployed anew: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

async function keep(cloud: Cloud, world: string, { stacks, deployed }: Deployment): Promise<void> {
  mkdirSync(world, { recursive: true });
  rmSync(world, { recursive: true });
  const due = cloud.world.scheduler.next() ?? null;
  const { access } = cloud.world;
  const kept: Kept = { stacks, deployed, uses: access.uses(), usage: cloud.world.countUsage().counts(), due };
  await saveSnapshot(cloud, cloud.world, { directory: world });
  // Last: without it the folder is no world to bring back.
  writeFileSync(join(world, KEPT), JSON.stringify(kept));
}

function prune(folder: string): void {
  const worlds = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name))
    .map((path) => ({ path, used: statSync(join(path, KEPT), { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .toSorted((one, other) => other.used - one.used);
  for (const { path } of worlds.slice(MOST)) rmSync(path, { recursive: true, force: true });
}
