// An authenticator in software: makes keys and signs with them, as a browser would hand it on.

import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from "node:crypto";

type Options = { readonly challenge: string };

export type Twist = {
  readonly origin?: string;
  readonly relyingParty?: string;
  readonly verified?: boolean;
  readonly counter?: number;
  readonly challenge?: string;
  readonly type?: "ec" | "rsa" | "ed25519";
};

export type Passkey = { readonly id: string; readonly privateKey: KeyObject };

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

function head(type: number, length: number): Buffer {
  if (length < 24) return Buffer.of((type << 5) | length);
  if (length < 256) return Buffer.of((type << 5) | 24, length);
  return Buffer.of((type << 5) | 25, length >> 8, length & 255);
}

type Item = number | string | Buffer | ReadonlyMap<number | string, Item>;

function cbor(item: Item): Buffer {
  if (typeof item === "number") return item < 0 ? head(1, -1 - item) : head(0, item);
  if (typeof item === "string") return Buffer.concat([head(3, Buffer.byteLength(item)), Buffer.from(item)]);
  if (Buffer.isBuffer(item)) return Buffer.concat([head(2, item.length), item]);
  return Buffer.concat([head(5, item.size), ...[...item].flatMap(([name, value]) => [cbor(name), cbor(value)])]);
}

function coseKey(publicKey: KeyObject): Map<number, Item> {
  const { kty, x = "", y = "", n = "", e = "" } = publicKey.export({ format: "jwk" });
  const bytes = (text: string): Buffer => Buffer.from(text, "base64url");
  if (kty === "RSA")
    return new Map<number, Item>([
      [1, 3],
      [3, -257],
      [-1, bytes(n)],
      [-2, bytes(e)],
    ]);
  if (kty === "OKP")
    return new Map<number, Item>([
      [1, 1],
      [3, -8],
      [-1, 6],
      [-2, bytes(x)],
    ]);
  return new Map<number, Item>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, bytes(x)],
    [-3, bytes(y)],
  ]);
}

function clientData(type: string, { challenge }: Options, twist: Twist): Buffer {
  const origin = twist.origin ?? "https://app.example.com";
  return Buffer.from(JSON.stringify({ type, challenge: twist.challenge ?? challenge, origin, crossOrigin: false }));
}

function authData(twist: Twist, attested?: Buffer): Buffer {
  const { relyingParty = "example.com", verified = true, counter = 0 } = twist;
  const flags = 0x01 | (verified ? 0x04 : 0) | (attested === undefined ? 0 : 0x40);
  const count = Buffer.alloc(4);
  count.writeUInt32BE(counter);
  return Buffer.concat([digest(relyingParty), Buffer.of(flags), count, attested ?? Buffer.alloc(0)]);
}

function newPair(type: Twist["type"] = "ec"): { publicKey: KeyObject; privateKey: KeyObject } {
  if (type === "rsa") return generateKeyPairSync("rsa", { modulusLength: 2048 });
  return type === "ed25519" ? generateKeyPairSync("ed25519") : generateKeyPairSync("ec", { namedCurve: "P-256" });
}

/** RegistrationResponseJSON. */
export function created(
  options: unknown,
  twist: Twist = {},
): { credential: Record<string, unknown>; passkey: Passkey } {
  const { publicKey, privateKey } = newPair(twist.type);
  const rawId = randomBytes(32);
  const attested = Buffer.concat([Buffer.alloc(16), Buffer.of(0, rawId.length), rawId, cbor(coseKey(publicKey))]);
  const attestation = new Map<string, Item>([
    ["fmt", "none"],
    ["attStmt", new Map()],
    ["authData", authData(twist, attested)],
  ]);
  const id = rawId.toString("base64url");
  const response = {
    clientDataJSON: clientData("webauthn.create", options as Options, twist).toString("base64url"),
    attestationObject: cbor(attestation).toString("base64url"),
    transports: ["internal"],
  };
  const type = { type: "public-key", authenticatorAttachment: "platform", clientExtensionResults: {} };
  return { credential: { id, rawId: id, ...type, response }, passkey: { id, privateKey } };
}

/** AuthenticationResponseJSON, as text. */
export function got(options: string, { id, privateKey }: Passkey, twist: Twist = {}): string {
  const client = clientData("webauthn.get", JSON.parse(options) as Options, twist);
  const data = authData(twist);
  const signature = sign("sha256", Buffer.concat([data, digest(client.toString())]), privateKey);
  const response = {
    clientDataJSON: client.toString("base64url"),
    authenticatorData: data.toString("base64url"),
    signature: signature.toString("base64url"),
  };
  return JSON.stringify({ id, rawId: id, type: "public-key", response, clientExtensionResults: {} });
}
