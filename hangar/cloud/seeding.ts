// What is there from the start in every account and region (the CDK's toolkit stack, the default bus), made on first touch.

import type { World } from "./world.ts";
import type { Cloud } from "./cloud.ts";
import { houseRequest, rootOf, type Call } from "./call.ts";
import { CallContext } from "./context.ts";
import type { RequestFacts } from "./operation.ts";
import { seedsFor } from "./services.ts";

const SEED_REQUEST = "00000000-0000-0000-0000-000000000000";
const PENDING = "cloud.seeding";

/** Undefined when nothing is missing, which is nearly always. */
export function seed(cloud: Cloud, call: Call): Promise<void> | undefined {
  const wanted = seedsFor(call.service, call.operation, call.input);
  // A seed's own calls reach this point again: they must not wait for themselves.
  if (wanted.length === 0 || isSeed(call.request)) return undefined;
  const seeded = call.world.table<string>("cloud/seeded");
  const missing = wanted.filter((service) => seeded.get(placeOf(service, call)) === undefined);
  return missing.length === 0 ? undefined : runSeeds(cloud, call, missing);
}

/** That of all calls that make what is there from the start. */
export function seedRequest(cloud: Cloud): RequestFacts {
  return { ...houseRequest(cloud), id: SEED_REQUEST };
}

/** Whether a call is part of what is there from the start. */
export function isSeed({ id }: Pick<RequestFacts, "id">): boolean {
  return id === SEED_REQUEST;
}

function placeOf(service: string, { account, region }: Call): string {
  return `${service}/${account}/${region}`;
}

async function runSeeds(cloud: Cloud, call: Call, names: readonly string[]): Promise<void> {
  const pending = pendingOf(call.world);
  for (const name of names) {
    const place = placeOf(name, call);
    let run = pending.get(place);
    if (run === undefined) {
      run = runSeed(cloud, call, name).finally(() => pending.delete(place));
      pending.set(place, run);
    }
    await run;
    call.world.table<string>("cloud/seeded").put(place, "yes");
  }
}

function pendingOf(world: World): Map<string, Promise<void>> {
  let pending = world.attachments.get(PENDING) as Map<string, Promise<void>> | undefined;
  if (pending === undefined) {
    pending = new Map();
    world.attachments.set(PENDING, pending);
  }
  return pending;
}

async function runSeed(cloud: Cloud, call: Call, name: string): Promise<void> {
  const definition = await cloud.load(name);
  if (definition.seed === undefined) return;
  if (name === "cloudformation") await cloud.loadResources();
  const { world, account, region } = call;
  const span = world.trace.begin("work", `${name}.seed`, undefined);
  const started = performance.now();
  const facts = { world, operation: "seed", account, region, caller: rootOf(account), request: seedRequest(cloud) };
  await definition.seed(new CallContext(cloud, definition, facts, span));
  world.trace.end(span, performance.now() - started);
}
