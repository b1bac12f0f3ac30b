// A new version with a value: idempotent by its token.

import { invalidParameter, invalidRequest, limitExceeded, tokenInUse } from "../errors.ts";
import type { Secret, SecretsContext, Version } from "../store.ts";
import { putSecret } from "./find-secret.ts";
import { opened, sealed, type Value } from "./sealed-value.ts";
import { withVersion } from "./versions.ts";

export type ValueInput = { readonly SecretString?: string | undefined; readonly SecretBinary?: Uint8Array | undefined };

export function valueIn({ SecretString, SecretBinary }: ValueInput): Value | undefined {
  if (SecretString !== undefined && SecretBinary !== undefined)
    throw invalidParameter(
      "You can't specify both a binary secret value and a string secret value in the same secret.",
    );
  if (SecretString !== undefined) return { kind: "string", bytes: Buffer.from(SecretString, "utf8") };
  return SecretBinary === undefined ? undefined : { kind: "binary", bytes: SecretBinary };
}

export function tokenIn(context: SecretsContext, token: string | undefined): string {
  if (token !== undefined) return token;
  // The SDKs always send one; calls without (CloudFormation's, ports') get one here.
  return context.ids.uuid();
}

type NewValue = { readonly token: string; readonly value: Value; readonly stages: readonly string[] };

/** Writes the secret with its new version; the same token with the same value again changes nothing. */
export async function putValue(
  context: SecretsContext,
  secret: Secret,
  { token, value, stages }: NewValue,
): Promise<Version> {
  const present = secret.versions.find((version) => version.id === token);
  if (present?.value !== undefined) {
    const before = await opened(context, secret, { value: present.value, versionId: token });
    if (!Buffer.from(before).equals(Buffer.from(value.bytes))) throw tokenInUse(token, secret.arn);
    return present;
  }
  if (value.bytes.length > 65_536) throw limitExceeded("The secret value exceeds 65536 bytes.");
  const box = await sealed(context, secret, { bytes: value.bytes, versionId: token });
  const now = context.clock.now();
  const current = context.storeAt(secret.account, context.region).secrets.get(secret.name) ?? secret;
  const kept = current.versions.find((version) => version.id === token)?.stages ?? [];
  const version: Version = {
    id: token,
    stages: [...new Set([...kept, ...stages])],
    created: now,
    kind: value.kind,
    value: box,
    keyId: secret.keyId ?? "DefaultEncryptionKey",
  };
  const written = withVersion(current, version);
  putSecret(context, { ...written, description: secret.description, keyId: secret.keyId, changed: now });
  return written.versions.find((each) => each.id === token) ?? version;
}

export function checkStages(stages: readonly string[]): void {
  if (new Set(stages).size < stages.length) throw invalidParameter("Duplicate staging labels");
}

export function mustHaveValue(value: Value | undefined): Value {
  if (value === undefined) throw invalidRequest("You must provide either SecretString or SecretBinary.");
  return value;
}
