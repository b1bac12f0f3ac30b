// Redrive policies: where messages go that nobody could handle.

import { invalidParameterValue } from "../errors.ts";
import type { RedrivePolicy } from "../store.ts";

const MOST = 1000;

export function parseRedrivePolicy(text: string): RedrivePolicy {
  const refuse = (reason: string): never => {
    throw invalidParameterValue(`Value ${text} for parameter RedrivePolicy is invalid. Reason: ${reason}`);
  };
  const policy = objectOf(text);
  if (policy === undefined) return refuse("Redrive policy is not a valid JSON map.");
  const { deadLetterTargetArn, maxReceiveCount } = policy;
  if (deadLetterTargetArn === undefined)
    return refuse("Redrive policy does not contain mandatory attribute: deadLetterTargetArn.");
  if (maxReceiveCount === undefined)
    return refuse("Redrive policy does not contain mandatory attribute: maxReceiveCount.");
  const count = Number(maxReceiveCount);
  if (!Number.isInteger(count) || count < 1 || count > MOST)
    return refuse(
      `Invalid value for maxReceiveCount: ${String(maxReceiveCount)}, valid values are from 1 to ${MOST} both inclusive.`,
    );
  if (typeof deadLetterTargetArn !== "string" || deadLetterTargetArn.split(":").length !== 6)
    return refuse(`Invalid value for deadLetterTargetArn.`);
  return { deadLetterTargetArn, maxReceiveCount: count };
}

/** Whether a dead-letter queue takes messages of a source. */
export function redriveAllowed(allowPolicy: string | undefined, sourceArn: string): boolean {
  const policy = allowPolicy === undefined ? undefined : objectOf(allowPolicy);
  const permission = policy?.["redrivePermission"] ?? "allowAll";
  if (permission === "denyAll") return false;
  const sources = policy?.["sourceQueueArns"];
  return permission === "allowAll" || (Array.isArray(sources) && sources.includes(sourceArn));
}

function objectOf(text: string): Readonly<Record<string, string | number | readonly string[]>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, string | number>)
      : undefined;
  } catch {
    return undefined;
  }
}
