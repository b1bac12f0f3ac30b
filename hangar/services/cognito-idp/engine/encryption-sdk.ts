// A message of the AWS Encryption SDK, in its first version with the suite that Cognito's messages have (0x0378): signed, one frame.
// https://docs.aws.amazon.com/encryption-sdk/latest/developer-guide/message-format.html

import { createCipheriv, generateKeyPairSync, hkdfSync, sign } from "node:crypto";

export type DataKey = {
  readonly plaintext: Uint8Array;
  /** Under the KMS key. */
  readonly encrypted: Uint8Array;
  readonly keyArn: string;
};

export type SigningPair = {
  readonly privateKey: ReturnType<typeof generateKeyPairSync>["privateKey"];
  /** What the encryption context must tell readers of it. */
  readonly context: Readonly<Record<string, string>>;
};

const ALGORITHM = 0x0378;
const FRAME_LENGTH = 4096;
const SIGNATURE_LENGTH = 103;
const IV_LENGTH = 12;
const FINAL_FRAME = "AWSKMSEncryptionClient Final Frame";

/** A key of one message's signature: it has to be known before the data key is made. */
export function signingPair(): SigningPair {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "secp384r1" });
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  const odd = (Buffer.from(y, "base64url").at(-1) ?? 0) % 2;
  const point = Buffer.concat([Buffer.of(2 + odd), Buffer.from(x, "base64url")]);
  return { privateKey, context: { "aws-crypto-public-key": point.toString("base64") } };
}

type Sealing = {
  readonly dataKey: DataKey;
  readonly pair: SigningPair;
  /** The data key was made under it. */
  readonly context: Readonly<Record<string, string>>;
  readonly messageId: Uint8Array;
};

export function sealedMessage(text: string, { dataKey, pair, context, messageId }: Sealing): Buffer {
  const header = headerOf(dataKey, context, messageId);
  const info = Buffer.concat([uint(ALGORITHM, 2), messageId]);
  const key = Buffer.from(hkdfSync("sha384", dataKey.plaintext, Buffer.alloc(0), info, 32));
  const noIv = Buffer.alloc(IV_LENGTH);
  const signed = Buffer.concat([header, noIv, encrypted(key, noIv, header, "").tag, frameOf(text, key, messageId)]);
  const signature = signatureOf(signed, pair);
  return Buffer.concat([signed, uint(signature.length, 2), signature]);
}

function headerOf({ keyArn, encrypted: sealedKey }: DataKey, context: Sealing["context"], id: Uint8Array): Buffer {
  const pairs = Object.entries(context).toSorted(([one], [other]) => (one < other ? -1 : 1));
  const serialised = Buffer.concat([uint(pairs.length, 2), ...pairs.flat().map(withLength)]);
  return Buffer.concat([
    Buffer.of(1, 0x80),
    uint(ALGORITHM, 2),
    id,
    withLength(serialised),
    uint(1, 2),
    ...["aws-kms", keyArn, sealedKey].map(withLength),
    // Framed, four bytes that are always zero, the length of IVs.
    Buffer.of(2, 0, 0, 0, 0, IV_LENGTH),
    uint(FRAME_LENGTH, 4),
  ]);
}

/** The only one, and so the last. */
function frameOf(text: string, key: Buffer, id: Uint8Array): Buffer {
  const length = Buffer.byteLength(text);
  const iv = uint(1, IV_LENGTH);
  const told = Buffer.concat([id, Buffer.from(FINAL_FRAME), uint(1, 4), uint(length, 8)]);
  const { body, tag } = encrypted(key, iv, told, text);
  return Buffer.concat([uint(0xffffffff, 4), uint(1, 4), iv, uint(length, 4), body, tag]);
}

function encrypted(key: Buffer, iv: Buffer, told: Buffer, text: string): { body: Buffer; tag: Buffer } {
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  cipher.setAAD(told);
  const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return { body, tag: cipher.getAuthTag() };
}

/** Signatures differ by a byte or two in length; writers of the format make all of one. */
function signatureOf(signed: Buffer, { privateKey }: SigningPair): Buffer {
  for (;;) {
    const signature = sign("sha384", signed, privateKey);
    if (signature.length === SIGNATURE_LENGTH) return signature;
  }
}

function withLength(value: string | Uint8Array): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([uint(bytes.length, 2), bytes]);
}

function uint(value: number, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  bytes.writeUIntBE(value, Math.max(size - 6, 0), Math.min(size, 6));
  return bytes;
}
