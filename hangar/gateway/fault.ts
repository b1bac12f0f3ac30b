// Faults that a test asked for: matching calls fail, are throttled or take their time, as told.

import { CallContext } from "../cloud/context.ts";
import type { Cloud } from "../cloud/cloud.ts";
import type { Call } from "../cloud/call.ts";
import { services } from "../cloud/services.ts";
import type { World } from "../cloud/world.ts";
import { AwsError } from "../kernel/aws-error.ts";
import { hostTime } from "../kernel/clock.ts";
import type { Ids } from "../kernel/ids.ts";
import { matchesWildcard } from "../kernel/wildcard.ts";
import { loadModel } from "../models/load.ts";
import { errorsOf, shownAs, throttleOf } from "./fault-errors.ts";

/** Plain data. With `error` calls fail, with `latency` they wait, with `rate` those above it are throttled. */
export type Fault = {
  /** `service:Operation`; `*` stands for anything: `sqs:*`, `dynamodb:Batch*`. */
  readonly action: string;
  readonly error?: string | undefined;
  readonly message?: string | undefined;
  /** Milliseconds of the host's time before the call runs: what the client's own timeouts are measured in. */
  readonly latency?: number | undefined;
  /** Calls a second of the world's clock; a second's worth may come at once. */
  readonly rate?: number | undefined;
  /** Of each matching call, above 0 to 1; drawn from the world's seed. */
  readonly probability?: number | undefined;
  /** ARN or name of what the call is about; `*` stands for anything. */
  readonly resource?: string | undefined;
  /** ARN or name of the role, user, session or service that calls; `*` stands for anything. */
  readonly caller?: string | undefined;
  /** How often yet; without an end when absent. */
  times?: number | undefined;
};

type Standing = {
  readonly cloud: Cloud;
  readonly faults: Fault[];
  readonly chance: Ids;
  readonly buckets: WeakMap<Fault, { tokens: number; at: number }>;
};

const FAULTS = "gateway.faults";

/** Adds a fault to one world; refuses what AWS would not answer. */
export function addFault(cloud: Cloud, world: World, fault: Fault): void {
  const [service = "", operation = ""] = fault.action.split(":");
  const model = services[service] === undefined ? undefined : loadModel(service);
  const meant = Object.keys(model?.operations ?? {}).filter((name) => matchesWildcard(operation, name));
  if (model === undefined || meant.length === 0)
    throw new RangeError(`There is no ${fault.action}. Write e.g. "sqs:SendMessage" or "sqs:*".`);
  checkNumbers(fault);
  if (fault.error !== undefined) {
    const { modelled, common } = errorsOf(model, meant);
    if (!modelled.includes(fault.error) && !common.includes(fault.error))
      throw new RangeError(
        `AWS never answers ${fault.action} with ${fault.error}. It may answer: ${[...modelled, ...common].join(", ")}.`,
      );
  }
  let standing = standingOf(world);
  if (standing === undefined) {
    standing = { cloud, faults: [], chance: world.ids.fork("faults"), buckets: new WeakMap() };
    world.attachments.set(FAULTS, standing);
  }
  standing.faults.push(fault);
}

function checkNumbers({ times, probability, latency, rate }: Fault): void {
  if (times !== undefined && !(times >= 1))
    throw new RangeError(`A fault happens once or more often, not ${times} times.`);
  if (probability !== undefined && !(probability > 0 && probability <= 1))
    throw new RangeError(`A probability is above 0 and at most 1, not ${probability}.`);
  if (latency !== undefined && !(latency >= 0 && latency <= 900_000))
    throw new RangeError(`A latency is 0 to 900000 milliseconds, not ${latency}.`);
  if (rate !== undefined && !(rate >= 0 && Number.isFinite(rate)))
    throw new RangeError(`A rate is calls a second, 0 or more, not ${rate}.`);
}

/** Faults that are still to come. */
export function faultsOf(world: World): Fault[] {
  return standingOf(world)?.faults ?? [];
}

function standingOf(world: World): Standing | undefined {
  return world.attachments.get(FAULTS) as Standing | undefined;
}

/** What befalls this call, if anything does: waits first, then at most one error. */
export function nextFault(world: World, name: string, call: Call): (() => Promise<void>) | undefined {
  const standing = standingOf(world);
  if (standing === undefined || standing.faults.length === 0) return undefined;
  let wait = 0;
  let error: AwsError | undefined;
  for (const fault of standing.faults.slice()) {
    const fails = fault.latency === undefined;
    if ((fails && error !== undefined) || !concerns(standing, fault, call)) continue;
    if (fault.rate !== undefined && !exceeds(standing, fault, world.clock.now())) continue;
    if (fault.probability !== undefined && standing.chance.fraction() >= fault.probability) continue;
    if (fails) error = errorOf(fault, call);
    else wait += fault.latency;
    spend(standing, fault);
  }
  if (wait === 0 && error === undefined) return undefined;
  mark(world, name, wait, error);
  return async () => {
    if (wait > 0) await hostTime(wait, call.request.caller?.signal);
    if (call.request.caller?.gone === true) throw new AwsError("RequestAbortedException", "The caller hung up.");
    if (error !== undefined) throw error;
  };
}

/** Nothing has been awaited since the call's span began: it is the newest of its name. */
function mark(world: World, name: string, wait: number, error: AwsError | undefined): void {
  const span = world.trace.newest();
  if (span?.name !== name) return;
  span.attributes["fault"] = [
    ...(wait > 0 ? [`${wait} ms late`] : []),
    ...(error === undefined ? [] : [error.code]),
  ].join(", ");
}

function spend(standing: Standing, fault: Fault): void {
  if (fault.times === undefined) return;
  fault.times -= 1;
  if (fault.times <= 0) standing.faults.splice(standing.faults.indexOf(fault), 1);
}

function errorOf(fault: Fault, call: Call): AwsError {
  const model = loadModel(call.service);
  const name = fault.error ?? throttleOf(model, call.operation);
  const { code, status } = shownAs(model, name);
  return new AwsError(code, fault.message ?? "Injected by the test.", { status });
}

/** A bucket of tokens that fills by the world's clock: true when this call finds it empty. */
function exceeds(standing: Standing, fault: Fault, now: number): boolean {
  const rate = fault.rate ?? 0;
  const full = rate === 0 ? 0 : Math.max(1, rate);
  const bucket = standing.buckets.get(fault) ?? { tokens: full, at: now };
  const tokens = Math.min(full, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * rate);
  standing.buckets.set(fault, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now });
  return tokens < 1;
}

function concerns(standing: Standing, fault: Fault, call: Call): boolean {
  const [service, operation = ""] = fault.action.split(":");
  if (service !== call.service || !matchesWildcard(operation, call.operation)) return false;
  const { caller } = fault;
  if (caller !== undefined && !namesOf(call).some((name) => matchesWildcard(caller, name))) return false;
  const { resource } = fault;
  return resource === undefined || resourcesOf(standing.cloud, call).some((arn) => matchesWildcard(resource, arn));
}

function namesOf({ caller }: Call): readonly string[] {
  const names = [caller.arn, caller.roleArn, caller.userName, caller.sessionName, caller.sourceArn];
  return [...names, caller.roleArn?.split("/").at(-1)].filter((name) => name !== undefined);
}

/** ARNs that the call needs leave for, and the names they end in. */
function resourcesOf(cloud: Cloud, call: Call): readonly string[] {
  const definition = cloud.loaded(call.service);
  const rule = definition?.access[call.operation];
  if (definition === undefined || rule === undefined) return [];
  const span = call.parent ?? { id: 0, parent: undefined, kind: "call", name: "fault", at: 0, attributes: {} };
  const context = new CallContext(cloud, definition, call, span);
  const arns = rule(call.input, context as never).map((need) => need.resource);
  return arns.flatMap((arn) => [arn, arn.split(":").slice(5).join(":"), arn.split(/[:/]/).at(-1) ?? ""]);
}
