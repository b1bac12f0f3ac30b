// Hangar's own paths and LocalStack's: health, settle, clock, so that scripts and wait-on find what they know.

import { advance, advanceTo } from "../cloud/advance.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { houseRequest, rootOf } from "../cloud/call.ts";
import { services } from "../cloud/services.ts";
import { settle } from "../cloud/settle.ts";
import type { World } from "../cloud/world.ts";
import { AwsError } from "../kernel/aws-error.ts";
import { duration } from "../kernel/clock.ts";
import { decodeRow, encodeRow } from "../kernel/row-json.ts";
import { otlpTraces } from "../kernel/trace-otlp.ts";
import { formatTrace } from "../kernel/trace-print.ts";
import { addFault, faultsOf } from "./fault.ts";
import { fromForeignPage } from "./hosts.ts";
import { readAll, type Incoming, type Outgoing } from "./exchange.ts";

type Answer = (cloud: Cloud, world: World, request: Incoming) => unknown;

const answers: Readonly<Record<string, Answer>> = {
  "GET /_hangar/health": (cloud) => ({
    status: "ready",
    version: cloud.version,
    region: cloud.region,
    account: cloud.account,
    origin: cloud.origin,
  }),
  "GET /_hangar/trace": (_cloud, world) => ({ spans: world.trace.spans() }),
  "GET /_hangar/trace/text": (_cloud, world) => ({ text: formatTrace(world.trace.spans()) }),
  "GET /_hangar/trace/otlp": (_cloud, world) => otlpTraces(world.trace.spans()),
  "GET /_hangar/bugs": (cloud) => ({
    bugs: cloud.bugs.map(({ where, error }) => ({
      where,
      error: error instanceof Error ? error.stack : String(error),
    })),
  }),
  "POST /_hangar/settle": (_cloud, world, request) =>
    withBody(request, async ({ within = "1 minute" }) => {
      await settle(world, duration(within as string | number));
      return { settled: true, now: world.clock.now() };
    }),
  "GET /_hangar/clock": (_cloud, world) => ({ now: world.clock.now(), mode: world.clock.mode }),
  "POST /_hangar/clock": advanceClock,
  "GET /_hangar/faults": (_cloud, world) => ({ faults: faultsOf(world) }),
  "POST /_hangar/faults": (cloud, world, request) => withBody(request, (body) => newFault(cloud, world, body)),
  "DELETE /_hangar/faults": (_cloud, world) => ({ faults: faultsOf(world).splice(0) }),
  "GET /_hangar/forks": (cloud) => ({ forks: [...cloud.forks].map(([id, { endpoint }]) => ({ id, endpoint })) }),
  "POST /_hangar/forks": (cloud, world, request) => withBody(request, (body) => openFork(cloud, world, body)),
  "POST /_hangar/call": callOperation,
  "POST /_hangar/deploy": (cloud, world, request) => withBody(request, (body) => deployAssembly(cloud, world, body)),
  "POST /_hangar/destroy": (cloud, world, request) => withBody(request, (body) => destroyStack(cloud, world, body)),
  "POST /_hangar/diff": (cloud, world, request) => withBody(request, (body) => diffAssembly(cloud, world, body)),
  "GET /_localstack/health": (cloud) => ({
    services: Object.fromEntries(Object.keys(services).map((name) => [LOCALSTACK_NAMES[name] ?? name, "available"])),
    edition: "hangar",
    version: cloud.version,
  }),
  "GET /_localstack/info": (cloud) => ({ version: cloud.version, edition: "hangar" }),
  "GET /_localstack/init": (cloud) => initState(cloud),
  "GET /_localstack/init/ready": (cloud) => ({ completed: cloud.initCompleted, scripts: cloud.initScripts }),
};

const LOCALSTACK_NAMES: Readonly<Record<string, string>> = { states: "stepfunctions" };

function initState(cloud: Cloud): unknown {
  return {
    completed: { BOOT: true, START: true, READY: cloud.initCompleted, SHUTDOWN: false },
    scripts: cloud.initScripts,
  };
}

type Body = Readonly<Record<string, unknown>>;

async function withBody(request: Incoming, run: (body: Body) => Promise<unknown>): Promise<unknown> {
  return run(decodeRow(Buffer.from(await readAll(request.body, 16 * 1024 * 1024)).toString() || "{}") as Body);
}

/** Any operation as the account's root: what the command line and init scripts use. */
async function callOperation(cloud: Cloud, world: World, request: Incoming): Promise<unknown> {
  return withBody(request, async ({ service, operation, input }) => {
    const call = {
      world,
      service: String(service),
      operation: String(operation),
      input: (input ?? {}) as Record<string, unknown>,
      caller: rootOf(cloud.account),
      account: cloud.account,
      region: cloud.region,
    };
    return cloud.call({ ...call, request: houseRequest(cloud) });
  });
}

async function newFault(cloud: Cloud, world: World, body: Body): Promise<unknown> {
  const text = (name: string): string | undefined => {
    const value = body[name];
    return typeof value === "string" ? value : undefined;
  };
  const number = (name: string): number | undefined => (body[name] === undefined ? undefined : Number(body[name]));
  const lasting = ["latency", "rate", "probability"].some((name) => body[name] !== undefined);
  if (["error", "latency", "rate"].filter((name) => body[name] !== undefined).length !== 1)
    throw new RangeError("A fault has an error, a latency or a rate.");
  addFault(cloud, world, {
    action: String(body["action"]),
    error: text("error"),
    message: text("message"),
    latency: number("latency"),
    rate: number("rate"),
    probability: number("probability"),
    resource: text("resource"),
    caller: text("caller"),
    times: number("times") ?? (lasting ? undefined : 1),
  });
  return { faults: faultsOf(world) };
}

async function openFork(cloud: Cloud, world: World, { name }: Body): Promise<unknown> {
  if (cloud.serveFork === undefined) throw new Error("A cloud that does not listen has no endpoint for a fork.");
  const child = world.fork(typeof name === "string" ? name : undefined);
  const fork = await cloud.serveFork(child);
  const id = new URL(fork.endpoint).port;
  cloud.forks.set(id, fork);
  // The name needs no second port, but not every client can resolve it.
  const named = `http://fork-${id}.localhost:${new URL(cloud.origin).port}`;
  return { id, name: child.name, endpoint: fork.endpoint, named, now: child.clock.now() };
}

async function deployAssembly(cloud: Cloud, world: World, body: Body): Promise<unknown> {
  const { embeddedTarget } = await import("../targets/embedded.ts");
  const { readAssembly, selected } = await import("../targets/assembly.ts");
  const target = embeddedTarget(cloud, world);
  const stacks = [];
  for (const stack of selected(readAssembly(String(body["assembly"])), body["stacks"]))
    stacks.push(await target.deploy(stack, () => undefined));
  return { stacks };
}

async function destroyStack(cloud: Cloud, world: World, body: Body): Promise<unknown> {
  const { embeddedTarget } = await import("../targets/embedded.ts");
  await embeddedTarget(cloud, world).destroy(String(body["stackName"]), () => undefined);
  return {};
}

async function diffAssembly(cloud: Cloud, world: World, body: Body): Promise<unknown> {
  const { diffStack } = await import("../targets/embedded-diff.ts");
  const { readAssembly, selected } = await import("../targets/assembly.ts");
  const stacks = [];
  for (const stack of selected(readAssembly(String(body["assembly"])), body["stacks"]))
    stacks.push(await diffStack(cloud, world, stack));
  return { stacks };
}

async function advanceClock(cloud: Cloud, world: World, request: Incoming): Promise<unknown> {
  const body = JSON.parse(Buffer.from(await readAll(request.body, 4096)).toString() || "{}") as {
    advance?: string | number;
    advanceTo?: string | number;
    hold?: boolean;
  };
  if (body.hold === true) world.clock.hold();
  if (body.hold === false) world.clock.release();
  if (body.advance !== undefined) await advance(cloud, world, body.advance);
  if (body.advanceTo !== undefined) await advanceTo(cloud, world, body.advanceTo);
  return { now: world.clock.now(), mode: world.clock.mode };
}

/** Undefined for paths below `/_aws/` that a service's door takes. */
export async function internalAnswer(cloud: Cloud, world: World, request: Incoming): Promise<Outgoing | undefined> {
  // A web page may not steer the cloud, not even one that we serve: a bucket's website has our own origin.
  if (
    (request.headers["origin"] !== undefined || fromForeignPage(request.headers)) &&
    !request.path.startsWith("/_aws/")
  )
    return json(403, { message: "Web pages may not call this." });
  const answer = answers[`${request.method === "HEAD" ? "GET" : request.method} ${request.path.replace(/\/$/, "")}`];
  const fork = request.method === "DELETE" ? /^\/_hangar\/forks\/([^/]+)$/.exec(request.path)?.[1] : undefined;
  try {
    if (answer !== undefined) return json(200, await answer(cloud, world, request));
    if (fork !== undefined && (await cloud.dropFork(fork))) return json(200, {});
  } catch (error) {
    const code = error instanceof AwsError ? error.code : "Error";
    return json(400, { code, message: error instanceof Error ? error.message : String(error) });
  }
  if (request.path.startsWith("/_aws/") || request.path.startsWith("/_hangar/cloudformation-response/"))
    return undefined;
  return json(404, { message: `There is no ${request.method} ${request.path}.` });
}

function json(status: number, value: unknown): Outgoing {
  return { status, headers: { "content-type": "application/json" }, body: encodeRow(value) };
}
