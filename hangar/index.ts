// The public door: startCloud() and what it gives.

import { advance, advanceTo } from "./cloud/advance.ts";
import type { Bug, Cloud } from "./cloud/cloud.ts";
import { changedBy, type DynamodbSettings } from "./cloud/dynamodb-settings.ts";
import { isolating, type FunctionSettings } from "./cloud/function-settings.ts";
import { resetWorld } from "./cloud/reset.ts";
import { settle } from "./cloud/settle.ts";
import { restoreSnapshot } from "./cloud/snapshot-load.ts";
import { saveSnapshot } from "./cloud/snapshot-save.ts";
import { outputsOf, reachedFrom, stacksOf } from "./cloud/stacks.ts";
import type { World } from "./cloud/world.ts";
import { addFault, faultsOf, type Fault } from "./gateway/fault.ts";
import { handlerOf } from "./gateway/handle.ts";
import { inProcessHandler, type SdkRequestHandler } from "./gateway/in-process.ts";
import { openCloud, type StartSettings } from "./gateway/open-cloud.ts";
import { duration } from "./kernel/clock.ts";
import { otlpTraces, type OtlpTraces } from "./kernel/trace-otlp.ts";
import { formatTrace } from "./kernel/trace-print.ts";
import { traceTree, type TraceNode } from "./kernel/trace-tree.ts";
import type { Span } from "./kernel/trace.ts";
import type { DeployedStack, SettleOptions } from "./targets/target.ts";

export { openCloud, type StartSettings } from "./gateway/open-cloud.ts";
export type { CloudSettings } from "./cloud/cloud.ts";
export type { DynamodbSettings } from "./cloud/dynamodb-settings.ts";
export type { FunctionSettings } from "./cloud/function-settings.ts";
export {
  toHaveCalled,
  toHaveDelivered,
  toHaveDenied,
  traceMatchers,
  type CallOptions,
  type MatcherResult,
  type Times,
  type Traced,
} from "./cloud/trace-matchers.ts";
export type { Fault } from "./gateway/fault.ts";
export { diffSnapshots, type SnapshotDiff } from "./cloud/snapshot-diff.ts";
export type { OtlpTraces } from "./kernel/trace-otlp.ts";
export type { DeliveryFacts, DenialFacts } from "./kernel/trace-steps.ts";
export type { TraceNode } from "./kernel/trace-tree.ts";
export type { Span } from "./kernel/trace.ts";
export { AwsError } from "./kernel/aws-error.ts";
export { defineConfig, type HangarConfig } from "./targets/config.ts";
export type { DeployedStack, SettleOptions } from "./targets/target.ts";

/** What any AWS SDK v3 client takes: `new SQSClient(cloud.clientConfig())`. */
export type ClientConfig = {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly requestHandler: SdkRequestHandler;
  readonly forcePathStyle: true;
};

export type RunningClock = {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Moves time on, e.g. by "15 minutes", and runs all that falls due, in order. */
  advance(by: string | number): Promise<void>;
  /** As `advance`, to a date (a Date, its ISO text or milliseconds since the epoch) that has not passed. */
  advanceTo(date: Date | string | number): Promise<void>;
  /** Stops the clock: from now on it moves only by `advance` and `advanceTo`. */
  hold(): void;
  release(): void;
};

/** Which calls a fault is for, beside the action, and how often. */
export type FaultOptions = {
  /** ARN or name of what the call is about; `*` stands for anything. */
  readonly resource?: string;
  /** ARN or name of the role, user, session or service that calls; `*` stands for anything. */
  readonly caller?: string;
  /** Of each such call, above 0 to 1, drawn from the cloud's seed. */
  readonly probability?: number;
  /** Once, or without an end where a probability is given, when absent. */
  readonly times?: number;
};

/** Faults of this world alone. An action is `service:Operation`; `*` stands for anything: `sqs:*`, `dynamodb:Batch*`. */
export type RunningFaults = {
  /** The next calls fail with an error that AWS may answer them with; any other is refused. */
  next(action: string, error: string, options?: FaultOptions & { readonly message?: string }): void;
  /** Calls wait, by the host's clock, before they run: all of them, until `clear`, unless `times` says otherwise. */
  latency(action: string, ms: number, options?: FaultOptions): void;
  /** Calls above `rate` a second, by this world's clock, get the service's throttling error. */
  throttle(action: string, rate: number, options?: Pick<FaultOptions, "resource" | "caller">): void;
  /** Those that are still to come. */
  list(): readonly Fault[];
  clear(): void;
};

/** What happened in this world so far. */
export type RunningTrace = {
  /** Oldest first. */
  spans(): Span[];
  /** Every step below the one that caused it. */
  tree(): readonly TraceNode[];
  /** The tree as text, with what was denied, dropped, retried or faulted, and the handlers' log lines. */
  print(): string;
  /** OpenTelemetry's JSON, as collectors take it at /v1/traces. */
  otlp(): OtlpTraces;
};

/** A cloud that runs. Close it, or hold it with `await using`. */
export type RunningCloud = {
  /** e.g. `http://127.0.0.1:4566`. */
  readonly endpoint: string;
  readonly port: number;
  readonly region: string;
  readonly account: string;
  readonly clock: RunningClock;
  readonly trace: RunningTrace;
  readonly faults: RunningFaults;
  /** Failures of Hangar itself since the start: of a fork its own, else those of all worlds. */
  readonly bugs: readonly Bug[];
  clientConfig(): ClientConfig;
  /** Deploys a synthesised assembly (`cdk.out`): its stacks in order, or those named. Throws CloudFormation's reasons when one does not come up. */
  deploy(assembly: string, options?: { readonly stacks?: readonly string[] }): Promise<readonly DeployedStack[]>;
  /** Resolves when nothing is due and nothing is in flight. Throws an endless loop, a poison message or a consumer that never acknowledges as soon as it is sure, whatever else is stuck after a minute of the host's time, or as long as you say. `until` is asked then: what it throws is thrown, what it answers is the answer. */
  settle<T = void>(options?: string | number | SettleOptions<T>): Promise<T>;
  /** Outputs of all its stacks; addresses of ours in them lead to this world. */
  outputs(): Promise<Readonly<Record<string, string>>>;
  /** The same world from here on its own: for clients in this process, and for others once it listens. */
  fork(name?: string, functions?: FunctionSettings): ForkedCloud;
  /** From now on a function (all, when no name is given) has execution environments of its own in this world and in each fork made from it: nothing that another world left in a module. */
  isolate(functionName?: string): void;
  /** Throttling, tables that take their time and indexes that lag, for this world and each fork made from it from now on. What is not named stays. */
  dynamodb(settings: DynamodbSettings): void;
  /** Saves this world as a folder of readable rows and bodies; a snapshot that is there already is replaced. Answers the absolute path. */
  snapshot(directory: string): Promise<string>;
  /** Loads a snapshot in this world's place, whole: rows, time and pending work. One that is refused changes nothing. The trace begins anew. */
  restore(directory: string): Promise<void>;
  /** Back to the beginning: an empty world. */
  reset(): Promise<void>;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

export type ForkedCloud = Omit<RunningCloud, "endpoint" | "port" | "close"> & {
  /** Opens a port of its own, for other processes, browsers and plain HTTP: from then on its addresses (outputs, queues, functions) are there. */
  listen(): Promise<ForkAddress>;
  /** Drops this world, its port, and the forks that others made of it over HTTP. */
  dispose(): void;
};

/** Both lead to one fork only. */
export type ForkAddress = {
  /** e.g. `http://127.0.0.1:40001`. */
  readonly endpoint: string;
  readonly port: number;
  /** On the cloud's own port, for clients that resolve names below localhost: `http://fork-1.localhost:4566`. */
  readonly url: string;
};

/** Starts a cloud in this process. */
export async function startCloud(settings: StartSettings = {}): Promise<RunningCloud> {
  const { cloud, port, close } = await openCloud(settings);
  return { ...faceOf(cloud, cloud.world), endpoint: cloud.origin, port, close, [Symbol.asyncDispose]: close };
}

function faceOf(cloud: Cloud, world: World): Omit<RunningCloud, "endpoint" | "port" | "close"> {
  const requestHandler = inProcessHandler(handlerOf(cloud, world));
  return {
    region: cloud.region,
    account: cloud.account,
    bugs: cloud.bugsOf(world),
    clock: {
      now: () => world.current.clock.now(),
      advance: (by) => advance(cloud, world.current, by),
      advanceTo: (date) => advanceTo(cloud, world.current, date),
      hold: () => world.current.clock.hold(),
      release: () => world.current.clock.release(),
    },
    trace: {
      spans: () => world.current.trace.spans(),
      tree: () => traceTree(world.current.trace.spans()),
      print: () => formatTrace(world.current.trace.spans()),
      otlp: () => otlpTraces(world.current.trace.spans(), world.name),
    },
    faults: faultsFace(cloud, world),
    clientConfig: () => ({
      endpoint: originOf(cloud, world),
      region: cloud.region,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      requestHandler,
      forcePathStyle: true,
    }),
    deploy: async (assembly, { stacks = [] } = {}) =>
      reachedFrom(originOf(cloud, world), cloud, await deployAssembly(cloud, world.current, { assembly, stacks })),
    outputs: async () => outputsOf(await stacksOf(cloud, world.current, originOf(cloud, world))),
    settle: async <T>(options: string | number | SettleOptions<T> = {}) => {
      const { within = "1 minute", until } = typeof options === "object" ? options : { within: options };
      await settle(world.current, duration(within));
      return (await until?.()) as T;
    },
    isolate: (functionName) => {
      world.current.functions = isolating(world.current.functions, functionName);
    },
    dynamodb: (settings) => {
      world.current.dynamodb = changedBy(world.current.dynamodb, settings);
    },
    snapshot: async (directory) => (await saveSnapshot(cloud, world.current, { directory })).directory,
    restore: (directory) => restoreSnapshot(cloud, world.current, { directory }),
    reset: () => resetWorld(cloud, world.current),
    fork: (name, functions) => forkOf(cloud, world.current.fork(name, functions), name),
    [Symbol.asyncDispose]: () => drop(cloud, world),
  };
}

function forkOf(cloud: Cloud, child: World, name: string | undefined): ForkedCloud {
  let opened: Promise<ForkAddress> | undefined;
  return {
    ...faceOf(cloud, child),
    listen: () => (opened ??= addressOf(cloud, child, name)),
    dispose: () => void drop(cloud, child),
  };
}

async function addressOf(cloud: Cloud, world: World, title: string | undefined): Promise<ForkAddress> {
  const { name, port } = await cloud.forks.adopt(world, title);
  const url = new URL(cloud.origin);
  return { endpoint: originOf(cloud, world), port, url: `http://${name}.localhost:${url.port}` };
}

/** Where a world's own addresses lead: its port if it has one. */
function originOf(cloud: Cloud, world: World): string {
  const fork = cloud.forks.of(world);
  return fork === undefined ? cloud.origin : `http://127.0.0.1:${fork.port}`;
}

async function drop(cloud: Cloud, world: World): Promise<void> {
  world.dispose();
  const fork = cloud.forks.of(world);
  if (fork !== undefined) await cloud.forks.drop(fork.name);
}

/** For our own doors: loaded when first used, since a cloud that deploys nothing does not need it. */
export async function deployAssembly(
  cloud: Cloud,
  world: World,
  { assembly, stacks }: { readonly assembly: string; readonly stacks: readonly string[] },
): Promise<readonly DeployedStack[]> {
  const { embeddedTarget } = await import("./targets/embedded.ts");
  const { deployApp } = await import("./targets/deploy-app.ts");
  return (await deployApp(embeddedTarget(cloud, world), { assembly, stacks }, () => undefined)).stacks;
}

function faultsFace(cloud: Cloud, world: World): RunningFaults {
  return {
    next: (action, error, options = {}) =>
      addFault(cloud, world.current, {
        action,
        error,
        ...options,
        times: options.times ?? (options.probability === undefined ? 1 : undefined),
      }),
    latency: (action, ms, options = {}) => addFault(cloud, world.current, { action, latency: ms, ...options }),
    throttle: (action, rate, options = {}) => addFault(cloud, world.current, { action, rate, ...options }),
    list: () => faultsOf(world.current).map((fault) => ({ ...fault })),
    clear: () => void faultsOf(world.current).splice(0),
  };
}
