// Queue attributes: which a queue may have, within what bounds, and what they are when nobody says.

import { invalidAttributeName, invalidAttributeValue, unknownAttribute } from "../errors.ts";
import { parseRedrivePolicy } from "./redrive-policy.ts";

export type Attributes = Readonly<Record<string, string>>;

const DEFAULTS: Attributes = {
  VisibilityTimeout: "30",
  DelaySeconds: "0",
  MaximumMessageSize: "1048576",
  MessageRetentionPeriod: "345600",
  ReceiveMessageWaitTimeSeconds: "0",
  SqsManagedSseEnabled: "true",
};

const FIFO_DEFAULTS: Attributes = {
  ...DEFAULTS,
  ContentBasedDeduplication: "false",
  DeduplicationScope: "queue",
  FifoThroughputLimit: "perQueue",
};

const BOUNDS: Readonly<Record<string, readonly [number, number]>> = {
  VisibilityTimeout: [0, 43_200],
  DelaySeconds: [0, 900],
  MaximumMessageSize: [1024, 1_048_576],
  MessageRetentionPeriod: [60, 1_209_600],
  ReceiveMessageWaitTimeSeconds: [0, 20],
  KmsDataKeyReusePeriodSeconds: [60, 86_400],
};

const CHOICES: Readonly<Record<string, readonly string[]>> = {
  ContentBasedDeduplication: ["true", "false"],
  SqsManagedSseEnabled: ["true", "false"],
  DeduplicationScope: ["queue", "messageGroup"],
  FifoThroughputLimit: ["perQueue", "perMessageGroupId"],
};

const DOCUMENTS = ["Policy", "RedrivePolicy", "RedriveAllowPolicy"];
/** An empty text takes these off. */
const REMOVABLE = [...DOCUMENTS, "KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds"];
const SETTABLE = new Set([...Object.keys(BOUNDS), ...Object.keys(CHOICES), ...REMOVABLE]);
const FIFO_ONLY = ["DeduplicationScope", "FifoThroughputLimit"];

/** Refuses what a queue of this kind cannot have. `FifoQueue` is decided before. */
export function checkAttributes(attributes: Attributes, fifo: boolean): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "FifoQueue") continue;
    if (!SETTABLE.has(name)) throw unknownAttribute(name);
    if (!fifo && FIFO_ONLY.includes(name))
      throw invalidAttributeName(`You can specify the ${name} only when FifoQueue is set to true.`);
    if (!fifo && name === "ContentBasedDeduplication") throw unknownAttribute(name);
    checkValue(name, value);
  }
  if (attributes["SqsManagedSseEnabled"] === "true" && (attributes["KmsMasterKeyId"] ?? "") !== "") {
    throw invalidAttributeName(
      "You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.",
    );
  }
}

function checkValue(name: string, value: string): void {
  if (value === "" && REMOVABLE.includes(name)) return;
  const bounds = BOUNDS[name];
  if (bounds !== undefined && (!/^\d+$/.test(value) || Number(value) < bounds[0] || Number(value) > bounds[1]))
    throw invalidValue(name);
  const choices = CHOICES[name];
  if (choices !== undefined && !choices.includes(value)) throw invalidValue(name);
  if (name === "RedrivePolicy") parseRedrivePolicy(value);
  else if (DOCUMENTS.includes(name) && !isDocument(value)) throw invalidValue(name);
}

function invalidValue(name: string): Error {
  return invalidAttributeValue(`Invalid value for the parameter ${name}.`);
}

function isDocument(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null;
  } catch {
    return false;
  }
}

/** A new queue's attributes. */
export function initialAttributes(given: Attributes, fifo: boolean): Attributes {
  return changedAttributes(fifo ? { ...FIFO_DEFAULTS, FifoQueue: "true" } : DEFAULTS, given);
}

export function changedAttributes(present: Attributes, given: Attributes): Attributes {
  const next: Record<string, string> = { ...present, ...given };
  if ((given["KmsMasterKeyId"] ?? "") !== "") next["SqsManagedSseEnabled"] = "false";
  if (given["SqsManagedSseEnabled"] === "true") {
    delete next["KmsMasterKeyId"];
    delete next["KmsDataKeyReusePeriodSeconds"];
  }
  for (const name of REMOVABLE) if (next[name] === "") delete next[name];
  if (next["KmsMasterKeyId"] !== undefined) next["KmsDataKeyReusePeriodSeconds"] ??= "300";
  return next;
}

/** The first given attribute that a queue has otherwise: why CreateQueue refuses. */
export function differingAttribute(present: Attributes, given: Attributes): string | undefined {
  return Object.keys(given).find((name) => given[name] !== (present[name] ?? ""));
}
