// Keys that bodies are encrypted with: S3's own, KMS data keys, and the customer's.

import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { AwsError } from "../../../kernel/aws-error.ts";
import { accessDenied, invalidArgument, invalidRequest, kmsError, s3Error } from "../errors.ts";
import { sharedStore, type Bucket, type Context, type Encryption } from "../store.ts";

export type EncryptionInput = {
  readonly ServerSideEncryption?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly SSEKMSEncryptionContext?: string | undefined;
  readonly BucketKeyEnabled?: boolean | undefined;
} & CustomerKeyInput;
export type CustomerKeyInput = {
  readonly SSECustomerAlgorithm?: string | undefined;
  readonly SSECustomerKey?: string | undefined;
  readonly SSECustomerKeyMD5?: string | undefined;
};

const SSE = "x-amz-server-side-encryption";

/** A completion may bring the upload's key again; short of all three headers it says nothing. */
export function checkCompletionKey(encryption: Encryption, input: CustomerKeyInput): void {
  const { SSECustomerAlgorithm: algorithm, SSECustomerKey: text, SSECustomerKeyMD5: sum } = input;
  if (algorithm === undefined || text === undefined || sum === undefined) return;
  const key = customerKey(input, true);
  if (key !== undefined && encryption.kind === "customer" && encryption.keyMd5 === md5(key)) return;
  throw invalidRequest(
    "The object was stored using a form of Server Side Encryption. Correct SSE-C request parameters are required for this request when specifying checksums for each part.",
  );
}

/** Decides how a new object is encrypted (request, then bucket default, then AES256) and makes its key. */
export async function beginEncryption(
  context: Context,
  { bucket, key }: { readonly bucket: Bucket; readonly key: string },
  input: EncryptionInput,
): Promise<{ readonly encryption: Encryption; readonly secret: Uint8Array }> {
  const customer = customerKey(input, true);
  if (customer !== undefined) {
    if (input.ServerSideEncryption !== undefined) {
      const message =
        "Server Side Encryption with Customer provided key is incompatible with the encryption method specified";
      throw invalidArgument(message, SSE, input.ServerSideEncryption);
    }
    if (blocksCustomerKeys(bucket)) throw accessDenied();
    const keyMd5 = md5(customer);
    return { encryption: { kind: "customer", keyMd5, proof: proofOf(context, customer) }, secret: customer };
  }
  const fallback = bucket.encryption?.ApplyServerSideEncryptionByDefault;
  const kind = input.ServerSideEncryption ?? fallback?.SSEAlgorithm ?? "AES256";
  if (kind === "AES256") {
    if (input.SSEKMSKeyId !== undefined) {
      const message =
        "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms";
      throw invalidArgument(message, SSE, input.ServerSideEncryption ?? "null");
    }
    return { encryption: { kind }, secret: ownSecret(context) };
  }
  if (kind !== "aws:kms" && kind !== "aws:kms:dsse")
    throw invalidArgument("The encryption method specified is not supported", SSE, kind);
  const keyId =
    input.SSEKMSKeyId ?? (fallback?.SSEAlgorithm === kind ? fallback.KMSMasterKeyID : undefined) ?? "alias/aws/s3";
  const bucketKey = input.BucketKeyEnabled ?? bucket.encryption?.BucketKeyEnabled ?? false;
  const arn = `arn:aws:s3:::${bucket.name}${bucketKey ? "" : `/${key}`}`;
  const given = input.SSEKMSEncryptionContext === undefined ? {} : kmsContext(input.SSEKMSEncryptionContext);
  const told = { ...given, "aws:s3:arn": arn };
  const made = await throughKms(() => context.ports.keys.generateDataKey({ keyId, context: told }));
  const encryption = { kind, keyArn: made.keyArn, dataKey: made.ciphertext, context: told, bucketKey } as const;
  return { encryption, secret: made.plaintext };
}

/** As all buckets do that were not told otherwise. https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-s3-c-encryption-setting-faq.html */
export function blocksCustomerKeys({ blockedEncryption: blocked }: Bucket): boolean {
  return blocked === undefined || blocked.includes("SSE-C");
}

function kmsContext(text: string): Readonly<Record<string, string>> {
  try {
    return JSON.parse(Buffer.from(text, "base64").toString("utf8")) as Record<string, string>;
  } catch {
    throw invalidArgument(
      "The header 'x-amz-server-side-encryption-context' shall be Base64-encoded UTF-8 string holding JSON with the encryption context key-value pairs",
      "x-amz-server-side-encryption-context",
      text,
    );
  }
}

/** The key that reads an object: for `customer` the one the request brings. */
export function secretOf(
  context: Context,
  encryption: Encryption,
  input: CustomerKeyInput,
): Uint8Array | Promise<Uint8Array> {
  if (encryption.kind === "customer") return provenKey(context, encryption.proof, input);
  if (input.SSECustomerAlgorithm !== undefined) {
    throw invalidRequest("The encryption parameters are not applicable to this object.");
  }
  if (encryption.kind === "AES256") return ownSecret(context);
  return throughKms(() => context.ports.keys.decrypt(encryption.dataKey, { context: encryption.context }));
}

function provenKey(context: Context, proof: string, input: CustomerKeyInput): Uint8Array {
  const given = customerKey(input, false);
  if (given === undefined) {
    throw invalidRequest(
      "The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.",
    );
  }
  if (proofOf(context, given) !== proof) {
    throw accessDenied(
      "Requests specifying Server Side Encryption with Customer provided keys must provide the correct secret key.",
    );
  }
  return given;
}

/** Checks a request's customer key in AWS's order. */
function customerKey(input: CustomerKeyInput, writing: boolean): Uint8Array | undefined {
  const { SSECustomerAlgorithm: algorithm, SSECustomerKey: text, SSECustomerKeyMD5: sum } = input;
  if (algorithm === undefined && text === undefined && sum === undefined) return undefined;
  if (algorithm === undefined)
    throw invalidArgument(
      "Requests specifying Server Side Encryption with Customer provided keys must provide a valid encryption algorithm.",
      SSE,
    );
  if (text === undefined)
    throw invalidArgument(
      "Requests specifying Server Side Encryption with Customer provided keys must provide an appropriate secret key.",
      SSE,
    );
  if (sum === undefined && writing) {
    throw invalidArgument(
      "Requests specifying Server Side Encryption with Customer provided keys must provide the client calculated MD5 of the secret key.",
      SSE,
    );
  }
  if (text.length < 4) throw invalidArgument("The secret key was invalid - too short.", SSE, text);
  const key = keyBytes(text);
  if (
    sum !== undefined &&
    !timingSafeEqual(createHash("sha1").update(md5(key)).digest(), createHash("sha1").update(sum).digest())
  ) {
    throw invalidArgument("The calculated MD5 hash of the key did not match the hash that was provided.", SSE);
  }
  if (algorithm !== "AES256") throw wrongAlgorithm(algorithm);
  if (key.length !== 32) throw invalidArgument("The secret key was invalid for the specified algorithm.", SSE);
  return key;
}

/** As S3 reads base64: letters of other alphabets are passed over, and what is no whole group is lost. */
function keyBytes(text: string): Uint8Array {
  const letters = text.replaceAll(/[^A-Za-z0-9+/=]/g, "");
  return Buffer.from(letters.slice(0, letters.length - (letters.length % 4)), "base64");
}

function wrongAlgorithm(named: string): Error {
  const members = { ArgumentName: SSE, ArgumentValue: named };
  const message = "The Encryption request you specified is not valid. Supported value: AES256.";
  return s3Error("InvalidEncryptionAlgorithmError", message, 400, members);
}

/** SSE-S3's key: one per world, made when first needed, forked with it. */
function ownSecret(context: Context): Uint8Array {
  const { secrets } = sharedStore(context);
  let secret = secrets.get("sse-s3");
  if (secret === undefined) {
    secret = context.ids.bytes(32);
    secrets.put("sse-s3", secret);
  }
  return secret;
}

function proofOf(context: Context, key: Uint8Array): string {
  return createHmac("sha256", ownSecret(context)).update(key).digest("base64");
}

function md5(bytes: Uint8Array): string {
  return createHash("md5").update(bytes).digest("base64");
}

/** KMS's refusals reach the caller under S3's codes. */
async function throughKms<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof AwsError) || error.code === "NotEmulated") throw error;
    if (error.code === "AccessDeniedException") throw accessDenied(error.message);
    throw error.status < 500 ? kmsError(error.code, error.message) : error;
  }
}

/** What outputs say of an object's encryption. */
export function encryptionMembers(encryption: Encryption): EncryptionOutput {
  if (encryption.kind === "AES256") return AES256;
  if (encryption.kind === "customer") return { SSECustomerAlgorithm: "AES256", SSECustomerKeyMD5: encryption.keyMd5 };
  return {
    ServerSideEncryption: encryption.kind,
    SSEKMSKeyId: encryption.keyArn,
    ...(encryption.bucketKey ? { BucketKeyEnabled: true } : {}),
  };
}

export type EncryptionOutput = {
  readonly ServerSideEncryption?: string;
  readonly SSEKMSKeyId?: string;
  readonly BucketKeyEnabled?: boolean;
  readonly SSECustomerAlgorithm?: string;
  readonly SSECustomerKeyMD5?: string;
};
const AES256: EncryptionOutput = { ServerSideEncryption: "AES256" };
