// Rotation: a pending version, and the function's four steps that fill, set, test and finish it.

import { cannotInvoke } from "../errors.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import { CURRENT, PENDING, type Secret, type SecretsContext, type Version } from "../store.ts";
import { putSecret } from "./find-secret.ts";
import { nextRotation } from "./rotation-schedule.ts";
import { withoutStage, withVersion } from "./versions.ts";

export const STEPS = ["createSecret", "setSecret", "testSecret", "finishSecret"] as const;
export type Step = (typeof STEPS)[number];

/** Announces the version that the function is to fill. A pending one that was left over is tried again. */
export function withPending(
  context: SecretsContext,
  secret: Secret,
  token: string,
): { readonly secret: Secret; readonly token: string } {
  const left = secret.versions.find((version) => version.stages.includes(PENDING) && !version.stages.includes(CURRENT));
  if (left !== undefined) return { secret, token: left.id };
  const version: Version = {
    id: token,
    stages: [PENDING],
    created: context.clock.now(),
    kind: "string",
    keyId: secret.keyId ?? "DefaultEncryptionKey",
  };
  return { secret: withVersion(secret, version), token };
}

type Run = { readonly step: Step; readonly token: string };

/** True when the function ran the step; throws when it may not be called at all. */
export async function runStep(context: SecretsContext, secret: Secret, { step, token }: Run): Promise<boolean> {
  const payload = JSON.stringify({ Step: step, SecretId: secret.arn, ClientRequestToken: token });
  const as = { service: "secretsmanager.amazonaws.com", sourceArn: secret.arn, sourceAccount: secret.account };
  try {
    const { functionError } = await context.ports.functions.invoke(secret.rotation?.lambda ?? "", payload, as);
    return functionError === undefined;
  } catch (error) {
    if (error instanceof AwsError && error.code !== "NotEmulated") throw cannotInvoke();
    throw error;
  }
}

/** After the last step: the label comes off, and the clock runs for the next time. */
export function finish(context: SecretsContext, name: string, token: string): void {
  const secret = context.store.secrets.get(name);
  if (secret?.rotation === undefined) return;
  const done = secret.versions.some((version) => version.id === token && version.stages.includes(CURRENT));
  const versions = done ? withoutStage(secret.versions, token, PENDING) : secret.versions;
  const last = done ? context.clock.now() : secret.rotation.last;
  putSecret(context, scheduled(context, { ...secret, versions, rotation: { ...secret.rotation, last } }));
}

/** Plans the next automatic rotation anew. */
export function scheduled(context: SecretsContext, secret: Secret): Secret {
  const { rotation } = secret;
  if (rotation === undefined) return secret;
  if (rotation.work !== undefined) context.scheduler.cancel(rotation.work);
  const next = rotation.enabled ? nextRotation(rotation.rules, context.clock.now()) : undefined;
  const work =
    next === undefined ? undefined : context.scheduler.at(next, "secretsmanager.rotate", { name: secret.name });
  return { ...secret, rotation: { ...rotation, next, work } };
}
