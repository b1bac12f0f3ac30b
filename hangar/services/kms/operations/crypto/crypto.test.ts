// What KMS keys do: encrypt, sign, authenticate and make other keys, checked with Node's own cryptography.

import { createPublicKey, createVerify, diffieHellman, generateKeyPairSync } from "node:crypto";
import { KMS } from "@aws-sdk/client-kms";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
let kms: KMS;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "kms-crypto" });
  kms = new KMS({ ...cloud.clientConfig(), maxAttempts: 1 });
});
afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString();
const message = Buffer.from("a message");

async function newKey(input: Parameters<KMS["createKey"]>[0] = {}): Promise<{ KeyId: string; Arn: string }> {
  const { KeyMetadata } = await kms.createKey(input);
  return { KeyId: KeyMetadata?.KeyId ?? "", Arn: KeyMetadata?.Arn ?? "" };
}

test("a ciphertext opens with its context only, and names its key", async () => {
  const { KeyId, Arn } = await newKey();
  const EncryptionContext = { tenant: "a" };
  const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext: message, EncryptionContext });
  expect(text(CiphertextBlob)).not.toContain("a message");
  const opened = await kms.decrypt({ CiphertextBlob, EncryptionContext });
  expect([text(opened.Plaintext), opened.KeyId]).toEqual(["a message", Arn]);
  await expect(kms.decrypt({ CiphertextBlob })).rejects.toMatchObject({ name: "InvalidCiphertextException" });
  const bent = Buffer.from(CiphertextBlob ?? []);
  bent.writeUInt8(bent.readUInt8(bent.length - 1) ^ 1, bent.length - 1);
  await expect(kms.decrypt({ CiphertextBlob: bent, EncryptionContext })).rejects.toMatchObject({
    name: "InvalidCiphertextException",
  });
  const other = await newKey();
  await expect(kms.decrypt({ CiphertextBlob, EncryptionContext, KeyId: other.KeyId })).rejects.toMatchObject({
    name: "IncorrectKeyException",
    message: "The key ID in the request does not identify a CMK that can perform this operation.",
  });
  const moved = await kms.reEncrypt({
    CiphertextBlob,
    SourceEncryptionContext: EncryptionContext,
    DestinationKeyId: other.KeyId,
  });
  expect((await kms.decrypt({ CiphertextBlob: moved.CiphertextBlob })).KeyId).toBe(other.Arn);
});

test("4,096 bytes are encrypted at most", async () => {
  const { KeyId } = await newKey();
  await expect(kms.encrypt({ KeyId, Plaintext: Buffer.alloc(4097) })).rejects.toMatchObject({
    name: "ValidationException",
    message:
      "1 validation error detected: Value at 'plaintext' failed to satisfy constraint: Member must have length less than or equal to 4096",
  });
});

test("a data key is the same in the clear and under its key", async () => {
  const { KeyId } = await newKey();
  const made = await kms.generateDataKey({ KeyId, KeySpec: "AES_256" });
  expect(made.Plaintext).toHaveLength(32);
  const opened = await kms.decrypt({ CiphertextBlob: made.CiphertextBlob });
  expect(Buffer.from(opened.Plaintext ?? [])).toEqual(Buffer.from(made.Plaintext ?? []));
  const hidden = await kms.generateDataKeyWithoutPlaintext({ KeyId, NumberOfBytes: 64 });
  expect((await kms.decrypt({ CiphertextBlob: hidden.CiphertextBlob })).Plaintext).toHaveLength(64);
  await expect(kms.generateDataKey({ KeyId, KeySpec: "AES_256", DryRun: true })).rejects.toMatchObject({
    name: "DryRunOperationException",
    message: "The request would have succeeded, but the DryRun option is set.",
  });
});

test("a data key pair's private half opens under its key", async () => {
  const { KeyId } = await newKey();
  const pair = await kms.generateDataKeyPair({ KeyId, KeyPairSpec: "ECC_NIST_P256" });
  const opened = await kms.decrypt({ CiphertextBlob: pair.PrivateKeyCiphertextBlob });
  expect(Buffer.from(opened.Plaintext ?? [])).toEqual(Buffer.from(pair.PrivateKeyPlaintext ?? []));
  const key = createPublicKey({ key: Buffer.from(pair.PublicKey ?? []), format: "der", type: "spki" });
  expect(key.asymmetricKeyDetails?.namedCurve).toBe("prime256v1");
  const hidden = await kms.generateDataKeyPairWithoutPlaintext({ KeyId, KeyPairSpec: "ECC_NIST_P256" });
  expect(hidden).not.toHaveProperty("PrivateKeyPlaintext");
});

test("random bytes, as many as asked for", async () => {
  expect((await kms.generateRandom({ NumberOfBytes: 12 })).Plaintext).toHaveLength(12);
  await expect(kms.generateRandom({ NumberOfBytes: 1025 })).rejects.toMatchObject({ name: "ValidationException" });
  await expect(kms.generateRandom({})).rejects.toMatchObject({ message: "NumberOfBytes is required." });
});

test.each([
  ["ECC_NIST_P256", "ECDSA_SHA_256", "sha256"],
  ["ECC_NIST_P384", "ECDSA_SHA_384", "sha384"],
  ["RSA_2048", "RSASSA_PKCS1_V1_5_SHA_256", "sha256"],
] as const)("%s signs by %s what anybody with its public key can verify", async (KeySpec, SigningAlgorithm, hash) => {
  const { KeyId } = await newKey({ KeySpec, KeyUsage: "SIGN_VERIFY" });
  const { Signature } = await kms.sign({ KeyId, Message: message, SigningAlgorithm });
  const { PublicKey } = await kms.getPublicKey({ KeyId });
  const key = createPublicKey({ key: Buffer.from(PublicKey ?? []), format: "der", type: "spki" });
  expect(
    createVerify(hash)
      .update(message)
      .verify(key, Signature ?? Buffer.alloc(0)),
  ).toBe(true);
  expect((await kms.verify({ KeyId, Message: message, Signature, SigningAlgorithm })).SignatureValid).toBe(true);
  await expect(kms.verify({ KeyId, Message: Buffer.from("x"), Signature, SigningAlgorithm })).rejects.toMatchObject({
    name: "KMSInvalidSignatureException",
  });
  await expect(kms.sign({ KeyId, Message: message, MessageType: "DIGEST", SigningAlgorithm })).rejects.toMatchObject({
    name: "ValidationException",
    message: `Digest is invalid length for algorithm ${SigningAlgorithm}.`,
  });
});

test("a key does only what it is for", async () => {
  const encrypting = await newKey();
  const mac = await newKey({ KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" });
  await expect(
    kms.generateMac({ KeyId: encrypting.KeyId, Message: message, MacAlgorithm: "HMAC_SHA_256" }),
  ).rejects.toMatchObject({
    name: "InvalidKeyUsageException",
    message: `${encrypting.Arn} key usage is ENCRYPT_DECRYPT which is not valid for GenerateMac.`,
  });
  await expect(
    kms.sign({ KeyId: mac.KeyId, Message: message, SigningAlgorithm: "ECDSA_SHA_256" }),
  ).rejects.toMatchObject({ message: `${mac.Arn} key usage is GENERATE_VERIFY_MAC which is not valid for Sign.` });
});

test("a MAC is verified, and a wrong one refused", async () => {
  const { KeyId } = await newKey({ KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" });
  const { Mac } = await kms.generateMac({ KeyId, Message: message, MacAlgorithm: "HMAC_SHA_256" });
  const right = { KeyId, Message: message, Mac, MacAlgorithm: "HMAC_SHA_256" } as const;
  expect((await kms.verifyMac(right)).MacValid).toBe(true);
  await expect(kms.verifyMac({ ...right, Message: Buffer.from("other") })).rejects.toMatchObject({
    name: "KMSInvalidMacException",
  });
  await expect(kms.generateMac({ KeyId, Message: message, MacAlgorithm: "HMAC_SHA_512" })).rejects.toMatchObject({
    name: "InvalidKeyUsageException",
    message: "Algorithm HMAC_SHA_512 is incompatible with key spec HMAC_256.",
  });
});

test("two parties derive one secret", async () => {
  const { KeyId } = await newKey({ KeySpec: "ECC_NIST_P256", KeyUsage: "KEY_AGREEMENT" });
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const derived = await kms.deriveSharedSecret({
    KeyId,
    KeyAgreementAlgorithm: "ECDH",
    PublicKey: publicKey.export({ format: "der", type: "spki" }),
  });
  const theirs = await kms.getPublicKey({ KeyId });
  const key = createPublicKey({ key: Buffer.from(theirs.PublicKey ?? []), format: "der", type: "spki" });
  expect(Buffer.from(derived.SharedSecret ?? [])).toEqual(diffieHellman({ privateKey, publicKey: key }));
});
