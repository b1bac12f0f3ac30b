// How much of a real account's slowness and strictness a cloud has: options of `start`.

import { seedRole } from "../stand-in/seed-role.ts";
import type { RealitySettings } from "../stand-in/reality-settings.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { duration } from "../kernel/clock.ts";
import { flag, text, UsageError, type Words } from "./command.ts";

export const realityOptions = {
  strict: { type: "boolean", says: "refuse access keys that nobody issued" },
  "seed-role": { type: "string", says: "an administrator's role to begin with: prints keys of it, once" },
  tls: { type: "boolean", says: "an https endpoint, and the file of the authority to trust" },
  consistency: { type: "string", says: "how late what AWS calls eventually consistent may be seen, e.g. 5s" },
  "state-times": { type: "boolean", says: "stacks, functions and tables take AWS's time" },
  throttling: { type: "boolean", says: "refuse calls beyond AWS's default rates" },
} as const;

export function realityOf(words: Words): RealitySettings & { readonly strict: boolean; readonly tls: boolean } {
  return {
    strict: flag(words, "strict"),
    tls: flag(words, "tls"),
    consistency: timeOf(text(words, "consistency")),
    stateTimes: flag(words, "state-times"),
    throttling: flag(words, "throttling"),
  };
}

function timeOf(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  try {
    return duration(value.replace(/(\d)\s*s$/, "$1 seconds"));
  } catch {
    throw new UsageError(`--consistency takes a time such as 5s or 500ms, not "${value}".`);
  }
}

/** Variables of a session of the role that was asked for, which nobody is told again. */
export async function firstKeys(cloud: Cloud, words: Words): Promise<Readonly<Record<string, string>> | undefined> {
  const role = text(words, "seed-role");
  if (role === undefined) return undefined;
  const { credentials } = await seedRole(cloud, role);
  return {
    AWS_ACCESS_KEY_ID: credentials.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.SecretAccessKey,
    AWS_SESSION_TOKEN: credentials.SessionToken,
  };
}
