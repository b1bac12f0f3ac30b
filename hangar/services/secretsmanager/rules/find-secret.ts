// Secrets by name, ARN, or ARN without its random end.

import { parseArn } from "../../../kernel/arn.ts";
import { markedForDeletion, secretNotFound, validationException } from "../errors.ts";
import type { Secret, SecretsContext } from "../store.ts";

export function checkName(name: string): void {
  if (!/^[a-zA-Z0-9/_+=.@!-]+$/.test(name))
    throw validationException(
      "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!",
    );
}

export function secretIfAny(context: SecretsContext, given: string): Secret | undefined {
  const { secrets } = context.store;
  if (!given.startsWith("arn:")) return secrets.get(given);
  const arn = parseArn(given);
  if (arn === undefined || arn.service !== "secretsmanager" || arn.region !== context.region) return undefined;
  const theirs = context.storeAt(arn.account, arn.region).secrets;
  const name = arn.resource.slice("secret:".length);
  const found = theirs.get(name.replace(/-[a-zA-Z0-9]{6}$/, "")) ?? undefined;
  if (found?.arn === given) return found;
  // A partial ARN; one that ends as a whole ARN does is taken for one.
  return /-[a-zA-Z0-9]{6}$/.test(name) ? undefined : theirs.get(name);
}

/** Throws when there is no such secret. */
export function anySecret(context: SecretsContext, given: string): Secret {
  if (!given.startsWith("arn:")) checkName(given);
  const secret = secretIfAny(context, given);
  if (secret === undefined) throw secretNotFound();
  return secret;
}

/** Throws for secrets that are to be deleted, too. */
export function liveSecret(context: SecretsContext, given: string): Secret {
  const secret = anySecret(context, given);
  if (secret.deletion !== undefined) throw markedForDeletion();
  return secret;
}

export function putSecret(context: SecretsContext, secret: Secret): void {
  context.storeAt(secret.account, context.region).secrets.put(secret.name, secret);
}

export function removeSecret(context: SecretsContext, secret: Secret): void {
  for (const work of [secret.deletion?.work, secret.rotation?.work])
    if (work !== undefined) context.scheduler.cancel(work);
  context.storeAt(secret.account, context.region).secrets.delete(secret.name);
}
