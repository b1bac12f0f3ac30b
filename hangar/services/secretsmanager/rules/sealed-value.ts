// Values at rest: sealed under a data key of the secret's KMS key, as Secrets Manager does it.

import { createCipheriv, createDecipheriv } from "node:crypto";
import type { Secret, SecretsContext } from "../store.ts";

const MANAGED_KEY = "alias/aws/secretsmanager";

export type Value = { readonly kind: "string" | "binary"; readonly bytes: Uint8Array };

export async function sealed(
  context: SecretsContext,
  secret: Pick<Secret, "arn" | "keyId">,
  { bytes, versionId }: { readonly bytes: Uint8Array; readonly versionId: string },
): Promise<string> {
  const use = { keyId: secret.keyId ?? MANAGED_KEY, context: { SecretARN: secret.arn, SecretVersionId: versionId } };
  const { plaintext, ciphertext } = await context.ports.keys.generateDataKey(use);
  const iv = Buffer.from(context.ids.bytes(12));
  const cipher = createCipheriv("aes-256-gcm", plaintext, iv);
  const data = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return [Buffer.from(ciphertext), iv, cipher.getAuthTag(), data].map((part) => part.toString("base64")).join(".");
}

export async function opened(
  context: SecretsContext,
  secret: Pick<Secret, "arn">,
  { value, versionId }: { readonly value: string; readonly versionId: string },
): Promise<Uint8Array> {
  const [dataKey = "", iv = "", tag = "", data = ""] = value.split(".");
  const key = await context.ports.keys.decrypt(Buffer.from(dataKey, "base64"), {
    context: { SecretARN: secret.arn, SecretVersionId: versionId },
  });
  const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(iv, "base64"));
  decipher.setAuthTag(Buffer.from(tag, "base64"));
  return Buffer.concat([decipher.update(Buffer.from(data, "base64")), decipher.final()]);
}
