// The public door: startCloud() and what it gives.

import { Cloud, type Bug, type CloudSettings } from "./cloud/cloud.ts";
import type { World } from "./cloud/world.ts";
import { addFault } from "./gateway/fault.ts";
import { handlerOf } from "./gateway/handle.ts";
import { inProcessHandler, type SdkRequestHandler } from "./gateway/in-process.ts";
import { listen } from "./gateway/server.ts";
import { duration } from "./kernel/clock.ts";
import type { Span } from "./kernel/trace.ts";

export type { CloudSettings } from "./cloud/cloud.ts";
export type { Span } from "./kernel/trace.ts";
export { AwsError } from "./kernel/aws-error.ts";

export type StartSettings = CloudSettings & {
  /** 0, the default, takes any free port. */
  readonly port?: number | undefined;
  /** Address to listen on; loopback by default. */
  readonly host?: string | undefined;
  /** Do not listen at all: only clients in this process. Lambda functions then cannot reach the cloud. */
  readonly listen?: boolean | undefined;
};

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
  /** Stops the clock: from now on it moves only by `advance`. */
  hold(): void;
  release(): void;
};

/** A cloud that runs. Close it, or hold it with `await using`. */
export type RunningCloud = {
  /** e.g. `http://127.0.0.1:4566`. */
  readonly endpoint: string;
  readonly port: number;
  readonly region: string;
  readonly account: string;
  readonly clock: RunningClock;
  /** What happened so far, oldest first. */
  readonly trace: { spans(): Span[] };
  readonly faults: {
    /** The next calls of `service:Operation` fail with a modelled error. */
    next(action: string, error: string, options?: { readonly times?: number; readonly message?: string }): void;
  };
  /** Failures of Hangar itself since the start. */
  readonly bugs: readonly Bug[];
  clientConfig(): ClientConfig;
  /** Resolves when nothing is due and nothing is in flight; throws what is stuck after a minute of the host's time, or as long as you say. */
  settle(within?: string | number): Promise<void>;
  /** The same world from here on its own: for clients in this process. */
  fork(name?: string): ForkedCloud;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

export type ForkedCloud = Omit<RunningCloud, "endpoint" | "port" | "close"> & { dispose(): void };

/** Starts a cloud in this process. */
export async function startCloud(settings: StartSettings = {}): Promise<RunningCloud> {
  const { cloud, port, close } = await openCloud(settings);
  return { ...faceOf(cloud, cloud.world), endpoint: cloud.origin, port, close, [Symbol.asyncDispose]: close };
}

/** For our own doors (cli): the cloud itself beside its face. */
export async function openCloud(
  settings: StartSettings,
): Promise<{ cloud: Cloud; port: number; close: () => Promise<void> }> {
  const cloud = new Cloud(settings);
  await cloud.open();
  if (settings.listen === false) return { cloud, port: 0, close: () => cloud.close() };
  const where = { port: settings.port ?? 0, host: settings.host };
  const listening = await listen(handlerOf(cloud, cloud.world), where).catch(async (error: unknown) => {
    await cloud.close();
    throw error;
  });
  cloud.origin = `http://127.0.0.1:${listening.port}`;
  cloud.serveFork = async (world) => {
    const own = await listen(handlerOf(cloud, world), { port: 0, host: settings.host });
    return { world, endpoint: `http://127.0.0.1:${own.port}`, close: own.close };
  };
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => (closed ??= listening.close().then(() => cloud.close()));
  return { cloud, port: listening.port, close };
}

function faceOf(cloud: Cloud, world: World): Omit<RunningCloud, "endpoint" | "port" | "close"> {
  const requestHandler = inProcessHandler(handlerOf(cloud, world));
  return {
    region: cloud.region,
    account: cloud.account,
    bugs: cloud.bugs,
    clock: {
      now: () => world.clock.now(),
      advance: (by) => cloud.advance(world, by),
      hold: () => world.clock.hold(),
      release: () => world.clock.release(),
    },
    trace: { spans: () => world.trace.spans() },
    faults: {
      next: (action, error, options = {}) =>
        addFault(world, { action, error, message: options.message, times: options.times ?? 1 }),
    },
    clientConfig: () => ({
      endpoint: cloud.origin,
      region: cloud.region,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      requestHandler,
      forcePathStyle: true,
    }),
    settle: (within = "1 minute") => world.scheduler.settled(duration(within)),
    fork: (name) => {
      const child = world.fork(name);
      return { ...faceOf(cloud, child), dispose: () => child.dispose() };
    },
    [Symbol.asyncDispose]: async () => world.dispose(),
  };
}
