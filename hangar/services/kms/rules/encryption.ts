// Encrypt, Decrypt and data keys under either kind of key.

import { checkUsable, findKey, usableKey } from "./find-key.ts";
import { dryRun, incorrectKey, invalidCiphertext, invalidKeyUsage, validationException } from "../errors.ts";
import type { Key, KmsContext } from "../store.ts";
import { open, parseBlob, seal, type EncryptionContext } from "./envelope.ts";
import { rsaDecrypt, rsaEncrypt } from "./rsa-encryption.ts";

type Encryption = {
  readonly plaintext: Uint8Array;
  readonly encryptionContext: EncryptionContext;
  readonly algorithm: string;
};

export function encrypted(
  context: KmsContext,
  key: Key,
  { plaintext, encryptionContext, algorithm }: Encryption,
): Uint8Array {
  if (key.spec !== "SYMMETRIC_DEFAULT") return rsaEncrypt(key, plaintext, algorithm);
  if (algorithm !== "SYMMETRIC_DEFAULT")
    throw invalidKeyUsage(`Algorithm ${algorithm} is incompatible with key spec ${key.spec}.`);
  return seal(key, plaintext, encryptionContext, context.ids);
}

type Decryption = {
  readonly ciphertext: Uint8Array | undefined;
  readonly keyId: string | undefined;
  readonly encryptionContext: EncryptionContext;
  readonly algorithm: string | undefined;
  readonly operation: string;
};

type Decrypted = {
  readonly key: Key;
  readonly plaintext: Uint8Array;
  readonly algorithm: string;
  /** Of a symmetric key: which of its rotations. */
  readonly materialId?: string;
};

export function decrypted(
  context: KmsContext,
  { ciphertext, keyId, encryptionContext, algorithm = "SYMMETRIC_DEFAULT", operation }: Decryption,
): Decrypted {
  if (ciphertext === undefined)
    throw validationException(
      "1 validation error detected: Value null at 'ciphertextBlob' failed to satisfy constraint: Member must not be null",
    );
  if (algorithm !== "SYMMETRIC_DEFAULT") {
    if (keyId === undefined) throw validationException("Please specify a KeyId for asymmetric decryption.");
    const key = usableKey(context, keyId, { usage: "ENCRYPT_DECRYPT", operation });
    return { key, plaintext: rsaDecrypt(key, ciphertext, algorithm), algorithm };
  }
  const named = keyId === undefined ? undefined : usableKey(context, keyId, { usage: "ENCRYPT_DECRYPT", operation });
  if (named !== undefined && named.spec !== "SYMMETRIC_DEFAULT")
    throw invalidKeyUsage(`Algorithm ${algorithm} is incompatible with key spec ${named.spec}.`);
  const blob = parseBlob(ciphertext);
  if (named !== undefined && named.arn !== blob.arn) throw incorrectKey();
  if (blob.arn.split(":")[3] !== context.region) throw invalidCiphertext();
  const key = findKey(context, blob.arn);
  checkUsable(key);
  return { key, ...open(key, blob, encryptionContext), algorithm };
}

type DataKeyInput = {
  readonly KeyId: string;
  readonly KeySpec?: string | undefined;
  readonly NumberOfBytes?: number | undefined;
  readonly EncryptionContext?: EncryptionContext | undefined;
  readonly DryRun?: boolean | undefined;
};

export function dataKey(
  context: KmsContext,
  input: DataKeyInput,
  operation: string,
): { readonly key: Key; readonly plaintext: Uint8Array; readonly ciphertext: Uint8Array } {
  const key = usableKey(context, input.KeyId, { usage: "ENCRYPT_DECRYPT", operation });
  checkSymmetric(key, operation);
  if ((input.KeySpec === undefined) === (input.NumberOfBytes === undefined))
    throw validationException("Please specify either number of bytes or key spec.");
  if (input.DryRun === true) throw dryRun();
  const plaintext = context.ids.bytes(input.NumberOfBytes ?? (input.KeySpec === "AES_128" ? 16 : 32));
  return { key, plaintext, ciphertext: seal(key, plaintext, input.EncryptionContext ?? {}, context.ids) };
}

export function checkSymmetric(key: Key, operation: string): void {
  if (key.spec !== "SYMMETRIC_DEFAULT")
    throw invalidKeyUsage(`${key.arn} key spec is ${key.spec} which is not valid for ${operation}.`);
}
