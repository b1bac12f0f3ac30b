// The key of a replica: the object's own, wrapped anew by the destination's KMS key, so that no byte has to move.

import type { Caller } from "../../../cloud/operation.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import { parseArn } from "../../../kernel/arn.ts";
import type { ReplicationRule } from "../../../models/s3.d.ts";
import type { Found } from "../rules/find-bucket.ts";
import type { Context, Encryption, StoredObject } from "../store.ts";

type Rewrapping = {
  readonly object: StoredObject;
  readonly target: Found;
  readonly rule: ReplicationRule;
  readonly role: Caller;
};

/** The replica's encryption, or why there can be none. */
export async function rewrap(
  context: Context,
  { object, target: { bucket }, rule, role }: Rewrapping,
): Promise<Encryption | string> {
  const { encryption } = object;
  if (encryption.kind === "AES256" || encryption.kind === "customer") return encryption;
  const decrypted = await kms(context, role, "Decrypt", {
    KeyId: encryption.keyArn,
    CiphertextBlob: encryption.dataKey,
    EncryptionContext: encryption.context,
  });
  if (decrypted instanceof AwsError) return `SrcKmsKey${failure(decrypted)}`;
  const bucketKey = bucket.encryption?.BucketKeyEnabled ?? false;
  const told = {
    ...encryption.context,
    "aws:s3:arn": `arn:aws:s3:::${bucket.name}${bucketKey ? "" : `/${object.key}`}`,
  };
  const encrypted = await kms(context, role, "Encrypt", {
    KeyId: rule.Destination.EncryptionConfiguration?.ReplicaKmsKeyID ?? "",
    Plaintext: decrypted["Plaintext"],
    EncryptionContext: told,
  });
  if (encrypted instanceof AwsError) return `DstKmsKey${failure(encrypted)}`;
  return {
    kind: encryption.kind,
    keyArn: encrypted["KeyId"] as string,
    dataKey: encrypted["CiphertextBlob"] as Uint8Array,
    context: told,
    bucketKey,
  };
}

/** As the role, in the key's own region; KMS's refusals are answers here. */
async function kms(
  context: Context,
  role: Caller,
  operation: string,
  input: { readonly KeyId: string } & Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>> | AwsError> {
  const as = { ...role, via: "s3.amazonaws.com" };
  const region = parseArn(input.KeyId)?.region ?? context.region;
  try {
    return await context.ports.api.call("kms", operation, input, { as, region });
  } catch (error) {
    if (error instanceof AwsError && error.status < 500) return error;
    throw error;
  }
}

function failure({ code }: AwsError): string {
  if (code === "NotFoundException") return "NotFound";
  return code === "AccessDeniedException" ? "NotPermitted" : "InvalidState";
}
