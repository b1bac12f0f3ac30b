// Runs one invocation of a version: concurrency limits, the role's credentials, the environment, and the log.

import { createHash } from "node:crypto";
import { headerFor } from "../../../cloud/trace-header.ts";
import type { Span } from "../../../kernel/trace.ts";
import type { LambdaContext, FunctionRow, VersionRow } from "../store.ts";
import { invalidParameter, recursiveInvocation } from "../errors.ts";
import { functionArn, type Place } from "../rules/function-name.ts";
import { extended, loopsOf, MAX_LOOPS } from "../rules/lineage.ts";
import type { Deployment, Outcome } from "./deployment.ts";
import { engineOf } from "./engines.ts";
import { variablesOf } from "./sealed-variables.ts";
import { takeSlot } from "./slots.ts";

/** Tags of ours. `own-world` keeps a function's processes from serving a fork after another has ended. */
const OWN_WORLD_TAG = "hangar:environments";
/** `world` gives its handler the world's time, `host` the host's, whatever the settings say. */
const CLOCK_TAG = "hangar:clock";
const KEPT_LINES = 100;
const INIT_START = /^INIT_START |^\{"time":"[^"]*","type":"platform\.initStart"/;

export type Run = {
  readonly place: Place;
  readonly row: FunctionRow;
  readonly version: VersionRow;
  readonly invokedArn: string;
  readonly payload: Uint8Array;
  readonly requestId: string;
  readonly clientContext?: string | undefined;
  /** What the invocation comes of, where that is not the work that makes it. */
  readonly cause?: Span | undefined;
  /** Of the chain of invocations that it goes on, where Lambda follows that. */
  readonly lineage?: string | undefined;
  /** Ids of a batch's messages or records, and where they are from. */
  readonly batch?: { readonly source: string; readonly ids: readonly string[] } | undefined;
  readonly onChunk?: ((chunk: Uint8Array, contentType: string | undefined) => void) | undefined;
};

export async function runFunction(context: LambdaContext, run: Run): Promise<Outcome> {
  const lineage = follow(run);
  const { release, provisioned } = takeSlot(context, run);
  const name = `${run.version.name}:${run.version.version}`;
  const span = context.world.trace.begin("invocation", name, run.cause ?? context.span, {
    requestId: run.requestId,
    arn: run.invokedArn,
  });
  if (run.batch !== undefined)
    Object.assign(span.attributes, { batch: run.batch, ...causesOf(context, run.batch.ids) });
  const started = performance.now();
  let rest: Promise<void> | undefined;
  const traceHeader = headerFor(context, span, run.cause, lineage);
  try {
    const outcome = await engineOf(context.blobs).invoke(deploymentOf(context, run, provisioned), {
      requestId: run.requestId,
      payload: run.payload,
      invokedArn: run.invokedArn,
      traceId: traceHeader,
      clientContext: run.clientContext,
      world: context.world,
      blobs: context.blobs,
      credentials: () => roleCredentials(context, run.place, run.version),
      variables: () => variablesOf(context, run.version),
      onChunk: run.onChunk,
    });
    await writeLog(context, run, outcome.logStream, outcome.lines);
    rest = outcome.rest?.then((lines) => writeLog(context, run, outcome.logStream, lines));
    span.attributes["logs"] = outcome.lines.slice(-KEPT_LINES).map((line) => line.message.trimEnd());
    const failure =
      outcome.functionError === undefined
        ? undefined
        : { code: outcome.functionError, message: Buffer.from(outcome.payload).toString("utf8").slice(0, 2000) };
    context.world.trace.end(span, performance.now() - started, failure);
    return { ...outcome, traceHeader };
  } catch (error) {
    context.world.trace.end(span, performance.now() - started, {
      code: (error as Error).name,
      message: (error as Error).message,
    });
    throw error;
  } finally {
    if (rest === undefined) release();
    else void rest.then(release, release);
  }
}

/** Throws when the chain has come through the function too often. */
function follow({ place, row, lineage }: Run): string {
  const arn = functionArn(place, row.name);
  if (row.recursiveLoop !== "Allow" && loopsOf(lineage, arn) >= MAX_LOOPS) throw recursiveInvocation();
  return extended(lineage, arn);
}

async function writeLog(
  context: LambdaContext,
  { version }: Run,
  stream: string,
  lines: Outcome["lines"],
): Promise<void> {
  if (!context.world.disposed) await context.ports.logs.write(version.logGroup, stream, lines);
}

/** A batch comes of all its messages; the span stands below the first's. */
function causesOf({ world }: LambdaContext, [, ...others]: readonly string[]): { readonly causes?: readonly number[] } {
  const causes = new Set(others.flatMap((id) => world.trace.recall(id)?.id ?? []));
  return causes.size === 0 ? {} : { causes: [...causes] };
}

/** The last 4 KB of the log, base64, as LogResult: a line each, without the one of the environment's start. */
export function logTail(outcome: Outcome): string {
  const lines = outcome.lines.map(({ message }) => (message.endsWith("\n") ? message : `${message}\n`));
  const text = Buffer.from(lines.filter((line) => !INIT_START.test(line)).join(""));
  return text.subarray(Math.max(0, text.length - 4096)).toString("base64");
}

/** Throws unless the role exists and trusts Lambda. */
export function checkRole(context: LambdaContext, role: string): void {
  try {
    context.ports.access.roleCaller(role, "lambda.amazonaws.com", "check");
  } catch {
    throw invalidParameter("The role defined for the function cannot be assumed by Lambda.");
  }
}

export function roleCredentials(
  context: LambdaContext,
  place: Place,
  version: VersionRow,
): ReturnType<LambdaContext["ports"]["access"]["assumeRoleFor"]> {
  try {
    const { access } = context.ports;
    return access.assumeRoleFor(version.role, "lambda.amazonaws.com", version.name, functionArn(place, version.name));
  } catch (error) {
    throw Object.assign(invalidParameter("The role defined for the function cannot be assumed by Lambda."), {
      cause: error,
    });
  }
}

export function deploymentOf(
  context: LambdaContext,
  { version, place, row }: Pick<Run, "version" | "place" | "row">,
  provisioned: boolean,
): Deployment {
  const { isolation, isolated = [], lambdaClock } = context.world.functions;
  const { inspect } = context.world;
  const clock = row.tags[CLOCK_TAG] ?? lambdaClock ?? "host";
  return {
    key: `${place.account}|${place.region}|${digestOf(version)}|${context.endpoint}|${clock}|${provisioned ? "provisioned" : ""}${inspect === undefined ? "" : "inspected"}`,
    provisioned,
    ownWorld: row.tags[OWN_WORLD_TAG] === "own-world" || isolation === "fresh" || isolated.includes(row.name),
    worldClock: clock === "world",
    account: place.account,
    region: place.region,
    functionName: version.name,
    functionArn: functionArn(place, version.name),
    version: version.version,
    runtime: version.runtime ?? "",
    handler: version.handler ?? "",
    memorySize: version.memorySize,
    temporary: version.ephemeralStorage,
    timeout: version.timeout,
    code: version.code.hash,
    layers: version.layers.map((layer) => layer.hash),
    architecture: version.architecture,
    image: version.image,
    logGroup: version.logGroup,
    logFormat: version.logFormat,
    logLevel: version.logFormat === "JSON" ? (version.applicationLogLevel ?? "INFO") : undefined,
    systemLogLevel: version.systemLogLevel,
    origin: context.endpoint,
    inspect,
  };
}

const digests = new WeakMap<VersionRow, string>();

/** Rows are frozen: the same digest in two worlds is the same code and configuration, whatever ids they made. */
function digestOf(version: VersionRow): string {
  let digest = digests.get(version);
  if (digest === undefined) {
    digest = createHash("sha256").update(JSON.stringify(version)).digest("base64");
    digests.set(version, digest);
  }
  return digest;
}
