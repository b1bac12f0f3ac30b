// Runs a rotation, or what is left of one. A step that fails ends it; the pending version stays for the next try.

import { putSecret } from "../rules/find-secret.ts";
import { finish, runStep, scheduled, STEPS, withPending } from "../rules/rotation.ts";
import type { SecretsContext } from "../store.ts";

export type RotateData = {
  readonly name: string;
  /** Of a rotation under way; absent when the schedule starts one. */ readonly token?: string;
  /** The first step to run. */ readonly from?: number;
};

export async function rotate({ name, token, from = 0 }: RotateData, context: SecretsContext): Promise<void> {
  const secret = context.store.secrets.get(name);
  if (secret?.rotation?.enabled !== true || secret.deletion !== undefined) return;
  const pending = token === undefined ? withPending(context, secret, context.ids.uuid()) : { secret, token };
  putSecret(context, token === undefined ? scheduled(context, pending.secret) : pending.secret);
  for (const step of STEPS.slice(from)) {
    const ran = await runStep(context, pending.secret, { step, token: pending.token }).catch((error: unknown) => {
      context.span.attributes["rotation"] = String(error);
      return false;
    });
    if (ran) continue;
    context.span.attributes["failed step"] = step;
    return;
  }
  finish(context, name, pending.token);
}
