// Faults that a test asked for: the next matching calls fail as told.

import { AwsError } from "../kernel/aws-error.ts";
import { loadModel } from "../models/load.ts";
import type { Call } from "../cloud/call.ts";
import { services } from "../cloud/services.ts";
import type { World } from "../cloud/world.ts";

/** `action` is `service:Operation`; `*` in place of the operation means all of the service. */
export type Fault = {
  readonly action: string;
  readonly error: string;
  readonly message?: string | undefined;
  times: number;
};

const FAULTS = "gateway.faults";

/** Makes the next `times` calls of an action fail with a modelled error of that operation. */
export function addFault(world: World, fault: Fault): void {
  const [service = "", operation = ""] = fault.action.split(":");
  const model = services[service] === undefined ? undefined : loadModel(service);
  if (model === undefined || (operation !== "*" && model.operations[operation] === undefined))
    throw new RangeError(`There is no ${fault.action}. Write e.g. "sqs:SendMessage" or "sqs:*".`);
  if (!(fault.times >= 1)) throw new RangeError(`A fault happens once or more often, not ${fault.times} times.`);
  const known =
    operation === "*"
      ? Object.values(model.operations).flatMap((each) => each.errors ?? [])
      : (model.operations[operation]?.errors ?? []);
  if (!known.includes(fault.error) && !COMMON.has(fault.error)) {
    throw new RangeError(`AWS never answers ${fault.action} with ${fault.error}. It may answer: ${known.join(", ")}.`);
  }
  const faults = faultsOf(world);
  faults.push(fault);
  world.attachments.set(FAULTS, faults);
}

/** Faults that are still to come. */
export function faultsOf(world: World): Fault[] {
  return (world.attachments.get(FAULTS) as Fault[] | undefined) ?? [];
}

/** Errors that every operation may answer. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/CommonErrors.html */
const COMMON = new Set([
  "ThrottlingException",
  "Throttling",
  "InternalFailure",
  "ServiceUnavailable",
  "AccessDeniedException",
  "RequestExpired",
  "ProvisionedThroughputExceededException",
  "SlowDown",
]);

export function nextFault(world: World, name: string, call: Call): (() => Promise<void>) | undefined {
  const faults = faultsOf(world);
  if (faults.length === 0) return undefined;
  const index = faults.findIndex((fault) => fault.action === name || fault.action === `${call.service}:*`);
  const fault = faults[index];
  if (fault === undefined) return undefined;
  fault.times -= 1;
  if (fault.times <= 0) faults.splice(index, 1);
  const shape = loadModel(call.service).shapes[fault.error];
  const facts = shape !== undefined && "error" in shape ? shape.error : undefined;
  const status =
    facts?.status ??
    (fault.error === "InternalFailure"
      ? 500
      : fault.error === "ServiceUnavailable" || fault.error === "SlowDown"
        ? 503
        : 400);
  return () =>
    Promise.reject(new AwsError(facts?.code ?? fault.error, fault.message ?? "Injected by the test.", { status }));
}
