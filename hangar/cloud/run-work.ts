// Runs work that is due: finds its worker, gives it a context and a span, and reports what it throws as our bug.

import { within } from "../kernel/current-span.ts";
import type { Work } from "../kernel/scheduler.ts";
import { houseRequest } from "./call.ts";
import type { Cloud } from "./cloud.ts";
import { CallContext } from "./context.ts";
import type { Caller } from "./operation.ts";
import { beginWork } from "./trace-header.ts";
import type { World } from "./world.ts";

export async function runWork(cloud: Cloud, work: Work, world: World): Promise<void> {
  const name = work.kind.slice(0, work.kind.indexOf("."));
  const span = beginWork(world, work);
  const started = performance.now();
  const end = cloud.blobs.begin();
  try {
    if (world.gate.closed !== undefined) await world.gate.opened();
    const definition = await cloud.load(name);
    if (cloud.loaded("iam") === undefined) await cloud.load("iam");
    if (name === "cloudformation") await cloud.loadResources();
    const worker = definition.workers?.[work.kind.slice(name.length + 1)];
    if (worker === undefined) throw new Error(`No worker for ${work.kind}.`);
    const caller: Caller = { kind: "service", account: work.account, arn: `${name}.amazonaws.com`, userId: name };
    const { account, region } = work;
    const facts = { world, operation: work.kind, account, region, caller, request: houseRequest(cloud) };
    const context = new CallContext(cloud, definition, facts, span);
    await within(span, worker, () => worker(work.data as never, context as never));
    world.trace.end(span, performance.now() - started);
  } catch (error) {
    if (!world.disposed) cloud.bug(work.kind, error, world);
    world.trace.end(span, performance.now() - started, {
      code: (error as Error).name,
      message: (error as Error).message,
    });
  } finally {
    end();
  }
}
