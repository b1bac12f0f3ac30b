// What an execution environment is made for, and what an invocation brings to it.

import type { World } from "../../../cloud/world.ts";
import type { Blobs } from "../../../kernel/blobs.ts";
import type { Credentials } from "../../../ports/access.ts";
import type { LogLine } from "../../../ports/logs.ts";
import type { Inspect } from "../../../cloud/function-settings.ts";
import type { ImageRow } from "../store.ts";

/** One version of a function with its configuration: environments are shared by invocations of the same `key`. */
export type Deployment = {
  readonly key: string;
  /** Its environments serve only the world they were started in. */
  readonly ownWorld: boolean;
  /** Its environments are started before they are asked for, and kept. */
  readonly provisioned: boolean;
  /** Its handler takes the world's time for the time. */
  readonly worldClock: boolean;
  readonly account: string;
  readonly region: string;
  readonly functionName: string;
  /** Unqualified. */
  readonly functionArn: string;
  readonly version: string;
  readonly runtime: string;
  readonly handler: string;
  readonly memorySize: number;
  /** MB of /tmp. */
  readonly temporary: number;
  /** Seconds. */
  readonly timeout: number;
  /** Blob hashes. */
  readonly code: string;
  readonly layers: readonly string[];
  readonly architecture: string;
  /** In place of code and layers. */
  readonly image: ImageRow | undefined;
  readonly logGroup: string;
  readonly logFormat: string;
  readonly logLevel: string | undefined;
  /** With WARN, Lambda's own lines tell of failures only. */
  readonly systemLogLevel: string | undefined;
  /** Where the process reaches this cloud. */
  readonly origin: string;
  readonly inspect: Inspect | undefined;
};

export function initializationType({ provisioned }: Deployment): string {
  return provisioned ? "provisioned-concurrency" : "on-demand";
}

/** Milliseconds a new environment has to be ready. https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
export function initializationLimit({ provisioned, timeout }: Deployment): number {
  return 1000 * (provisioned ? Math.max(130, timeout) : 10);
}

export type Job = {
  readonly requestId: string;
  readonly payload: Uint8Array;
  readonly invokedArn: string;
  readonly traceId: string;
  /** JSON text. */
  readonly clientContext?: string | undefined;
  readonly world: World;
  readonly blobs: Blobs;
  credentials(): Credentials;
  /** The function's own, decrypted where they are under a key: asked for when a process starts. */
  variables(): Promise<Readonly<Record<string, string>>>;
  /** Told of response bytes as they come, when the caller streams. */
  readonly onChunk?: ((chunk: Uint8Array, contentType: string | undefined) => void) | undefined;
};

export type Outcome = {
  readonly payload: Uint8Array;
  readonly functionError?: "Unhandled" | undefined;
  readonly contentType?: string | undefined;
  readonly lines: readonly LogLine[];
  readonly logStream: string;
  /** What goes on from the invocation. */
  readonly traceHeader?: string;
  /** Where extensions go on after the answer: what is written until they are done. */
  readonly rest?: Promise<readonly LogLine[]> | undefined;
};

/** AWS's error object for what the sandbox, not the handler, reports. */
export function sandboxError(errorType: string, errorMessage: string): Uint8Array {
  return Buffer.from(JSON.stringify({ errorType, errorMessage }));
}
