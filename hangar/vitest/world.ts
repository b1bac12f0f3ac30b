// The world of one test: a fork of the deployed world, reached over HTTP from whichever worker the test runs in.

import { join, resolve } from "node:path";
import { readdressed } from "../cloud/reachable-url.ts";
import type { DynamodbSettings, Fault, FaultOptions, FunctionSettings } from "../index.ts";
import { moment, thisSecond } from "../kernel/clock.ts";
import type { OtlpTraces } from "../kernel/trace-otlp.ts";
import { formatTrace } from "../kernel/trace-print.ts";
import { traceTree, type TraceNode } from "../kernel/trace-tree.ts";
import type { Span } from "../kernel/trace.ts";
import { loggedBy } from "../comparison/recorded-clients.ts";
import type { Recorder } from "../comparison/recorder.ts";
import type { Feature } from "../targets/lacking.ts";
import type { ClientSettings, SettleOptions, TargetName } from "../targets/target.ts";
import type { Aws } from "./aws.ts";
import { clientsOf } from "./clients.ts";
import { controlOf, type Control } from "./control.ts";
import type { StackOutputs } from "./index.ts";
import type { DeployedWorld } from "./provided.ts";

export type Outputs = Readonly<Record<string, string>>;

export type Stack = {
  /** Outputs of all stacks together; of two with one name, the later stack's. */
  readonly outputs: [keyof StackOutputs] extends [never] ? Outputs : StackOutputs;
  /** Stack name -> its outputs. */
  readonly stacks: Readonly<Record<string, Outputs>>;
};

/** Skips the test by name and reason when the target lacks one of the features; so does the use of one that is not there. */
export type Needs = (...features: readonly Feature[]) => void;

/** As a `RunningCloud`, with promises where that answers at once: the cloud runs in another process. */
export type TestCloud = {
  /** Where the app is deployed. */
  readonly target: TargetName;
  readonly needs: Needs;
  /** This world's own, e.g. `http://127.0.0.1:40001`. */
  readonly endpoint: string;
  readonly port: number;
  readonly region: string;
  readonly account: string;
  readonly stack: Stack;
  readonly aws: Aws;
  readonly clock: {
    /** Milliseconds since the epoch. */
    now(): Promise<number>;
    /** Moves time on, e.g. by "15 minutes", and runs all that falls due, in order. */
    advance(by: string | number): Promise<void>;
    /** As `advance`, to a date (a Date, its ISO text or milliseconds since the epoch) that has not passed. */
    advanceTo(date: Date | string | number): Promise<void>;
    /** Stops the clock: from now on it moves only by `advance` and `advanceTo`. */
    hold(): Promise<void>;
    release(): Promise<void>;
  };
  /** What happened in this world so far. */
  readonly trace: {
    /** Oldest first. */
    spans(): Promise<readonly Span[]>;
    /** Every step below the one that caused it. */
    tree(): Promise<readonly TraceNode[]>;
    /** The tree as text. */
    print(): Promise<string>;
    /** OpenTelemetry's JSON, as collectors take it at /v1/traces. */
    otlp(): Promise<OtlpTraces>;
  };
  readonly faults: TestFaults;
  /** Failures of Hangar itself in this world; they fail the test. */
  bugs(): Promise<readonly { readonly where: string; readonly error: string }[]>;
  /** For clients of your own making. */
  clientConfig(): ClientSettings;
  /** What Playwright's `newContext` takes, so that a page reaches this world under every address of the deployed one. */
  browserConfig(): BrowserSettings;
  /**
   * Resolves when nothing is due and nothing is in flight; throws what is stuck. With `until` answers what that answers.
   * LocalStack and AWS cannot know: there `until` is asked again until it no longer throws; without it queues
   * with consumers must be empty and the functions' logs silent for a while.
   */
  settle<T = void>(options?: string | number | SettleOptions<T>): Promise<T>;
  /**
   * Saves this world as a folder of readable rows and bodies, `.hangar/snapshots/<name>` below the project when it is only
   * a name; a snapshot that is there already is replaced. Answers the absolute path.
   */
  snapshot(directory: string, options?: { readonly held?: boolean }): Promise<string>;
  /** Loads a snapshot in this world's place, whole; one that is refused changes nothing. The trace begins anew. */
  restore(directory: string): Promise<void>;
  /** Back to how the app was when it was deployed: rows, time, faults. */
  reset(): Promise<void>;
  /** The same world from here on its own; it goes when this one goes. */
  fork(name?: string, functions?: FunctionSettings): Promise<TestCloud>;
  /** From now on a function (all, when no name is given) has execution environments of its own in this world and its forks. */
  isolate(functionName?: string): Promise<void>;
  /** Throttling, tables that take their time and indexes that lag, for this world and its forks. */
  dynamodb(settings: DynamodbSettings): Promise<void>;
  /** Drops this world and its forks. */
  dispose(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

export type BrowserSettings = { readonly proxy?: { readonly server: string } };

/** Faults of this world alone; see `RunningFaults`. */
export type TestFaults = {
  /** The next calls of `service:Operation` fail with an error that AWS may answer them with. */
  next(action: string, error: string, options?: FaultOptions & { readonly message?: string }): Promise<void>;
  /** Calls wait, by the host's clock, before they run. */
  latency(action: string, ms: number, options?: FaultOptions): Promise<void>;
  /** Calls above `rate` a second, by this world's clock, get the service's throttling error. */
  throttle(action: string, rate: number, options?: Pick<FaultOptions, "resource" | "caller">): Promise<void>;
  /** Those that are still to come. */
  list(): Promise<readonly Fault[]>;
  clear(): Promise<void>;
};

/** What it is for, and how its functions run. */
export type ForkFacts = {
  readonly title?: string | undefined;
  readonly functions?: FunctionSettings | undefined;
  readonly recorder?: Recorder | undefined;
};

type Fork = { readonly name: string; readonly endpoint: string };

/** A fork of `from`, which is the deployed world or a fork of it. */
export async function forkedWorld(
  from: DeployedWorld & { readonly endpoint: string },
  needs: Needs,
  { title, functions, recorder }: ForkFacts = {},
): Promise<TestCloud> {
  const parent = controlOf(from.endpoint);
  const fork = (await parent("POST", "forks", { title, functions })) as Fork;
  const { endpoint } = fork;
  const config = { ...from.clients, endpoint };
  const stacks = JSON.parse(readdressed(JSON.stringify(from.stacks), [from.endpoint], endpoint)) as typeof from.stacks;
  const own = { ...from, endpoint, clients: config, stacks };
  recorder?.addHost(endpoint);
  const clients = clientsOf(config, from.root, recorder);
  const children: TestCloud[] = [];
  const dispose = async (): Promise<void> => {
    clients.destroy();
    await Promise.all(children.map((child) => child.dispose()));
    await parent("DELETE", `forks/${fork.name}`);
  };
  // Who has the address may have a client of any making.
  let given = false;
  const give = <T>(value: T): T => {
    given = true;
    return value;
  };
  const presigned = (): boolean => given || clients.presignedAt() >= thisSecond();
  let gone: Promise<void> | undefined;
  const drop = (): Promise<void> => (gone ??= dispose());
  return {
    ...harnessOf(controlOf(endpoint), presigned),
    ...snapshotsOf(controlOf(endpoint), from.root),
    target: from.name,
    needs,
    get endpoint() {
      return give(endpoint);
    },
    get port() {
      return give(Number(new URL(endpoint).port));
    },
    region: from.region,
    account: from.account,
    stack: { outputs: Object.assign({}, ...Object.values(own.stacks)) as Stack["outputs"], stacks: own.stacks },
    aws: clients.aws,
    clientConfig: () => give(loggedBy(recorder, config)),
    // Pages and stored data name the deployed world. A world's own port answers as a proxy for all its addresses.
    browserConfig: () => give({ proxy: { server: endpoint } }),
    async fork(childName, ofChild) {
      const child = await forkedWorld(own, needs, { title: childName, functions: ofChild, recorder });
      children.push(child);
      return child;
    },
    dispose: drop,
    [Symbol.asyncDispose]: drop,
  };
}

type Harness = Pick<TestCloud, "clock" | "trace" | "faults" | "bugs" | "settle" | "isolate" | "dynamodb">;

/** `presigned`: whether a client may have presigned something in this second. */
function harnessOf(call: Control, presigned: () => boolean): Harness {
  const spans = async (): Promise<Span[]> => ((await call("GET", "trace")) as { spans: Span[] }).spans;
  return {
    clock: {
      now: async () => ((await call("GET", "clock")) as { now: number }).now,
      advance: async (by) => void (await call("POST", "clock", { advance: by, presigned: presigned() })),
      advanceTo: async (date) =>
        void (await call("POST", "clock", { advanceTo: moment(date), presigned: presigned() })),
      hold: async () => void (await call("POST", "clock", { hold: true })),
      release: async () => void (await call("POST", "clock", { hold: false })),
    },
    trace: {
      spans,
      tree: async () => traceTree(await spans()),
      print: async () => formatTrace(await spans()),
      otlp: async () => (await call("GET", "trace/otlp")) as OtlpTraces,
    },
    faults: {
      next: async (action, error, options) => void (await call("POST", "faults", { action, error, ...options })),
      latency: async (action, ms, options) => void (await call("POST", "faults", { action, latency: ms, ...options })),
      throttle: async (action, rate, options) => void (await call("POST", "faults", { action, rate, ...options })),
      list: async () => ((await call("GET", "faults")) as { faults: Fault[] }).faults,
      clear: async () => void (await call("DELETE", "faults")),
    },
    isolate: async (name) =>
      void (await call("POST", "functions", name === undefined ? { isolation: "fresh" } : { isolated: [name] })),
    dynamodb: async (settings) => void (await call("POST", "dynamodb", settings)),
    bugs: async () => ((await call("GET", "bugs")) as { bugs: { where: string; error: string }[] }).bugs,
    settle: async <T>(options: string | number | SettleOptions<T> = {}) => {
      const { within = "1 minute", until } = typeof options === "object" ? options : { within: options };
      await call("POST", "settle", { within });
      return (await until?.()) as T;
    },
  };
}

function snapshotsOf(call: Control, root: string): Pick<TestCloud, "snapshot" | "restore" | "reset"> {
  const folderOf = (directory: string): string =>
    /^[\w-]+$/.test(directory) ? join(root, ".hangar", "snapshots", directory) : resolve(root, directory);
  return {
    snapshot: async (directory, { held = false } = {}) =>
      ((await call("POST", "snapshot", { directory: folderOf(directory), held })) as { directory: string }).directory,
    restore: async (directory) => void (await call("POST", "restore", { directory: folderOf(directory) })),
    reset: async () => void (await call("POST", "reset")),
  };
}
