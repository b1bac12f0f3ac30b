// What authenticators answer: new keys and signatures, read and checked. https://www.w3.org/TR/webauthn-3/

import { createHash, createPublicKey, verify } from "node:crypto";
import { parsedJson } from "../../../kernel/parsed-json.ts";
import { readCbor } from "./authenticator-cbor.ts";

export type Wanted = {
  readonly challenge: string;
  readonly relyingParty: string;
  readonly mustVerifyUser: boolean;
};

/** Which of its checks a credential fails. */
export type Failing = "malformed" | "challenge" | "origin" | "relyingParty" | "verification" | "algorithm";

export type NewKey = {
  readonly id: string;
  readonly jwk: Readonly<Record<string, string>>;
  readonly counter: number;
};

type Members = Readonly<Record<string, unknown>>;

export function membersOf(value: unknown): Members {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Members) : {};
}

function bytesOf(value: unknown): Buffer | undefined {
  return typeof value === "string" && value !== "" ? Buffer.from(value, "base64url") : undefined;
}

/** RegistrationResponseJSON. Whoever made the authenticator is not asked for: attestations are none. */
export function newKeyOf(credential: unknown, wanted: Wanted): NewKey | Failing {
  const response = membersOf(membersOf(credential)["response"]);
  const failing = clientProblem(response, "webauthn.create", wanted);
  if (failing !== undefined) return failing;
  const attestation = bytesOf(response["attestationObject"]);
  const authData = attestation === undefined ? undefined : mapOf(readCbor(attestation)?.value).get("authData");
  if (!(authData instanceof Uint8Array)) return "malformed";
  const data = authenticatorData(Buffer.from(authData));
  if (data?.attested === undefined) return "malformed";
  const problem = dataProblem(data, wanted);
  if (problem !== undefined) return problem;
  const jwk = jwkOf(data.attested.key);
  return jwk === undefined ? "algorithm" : { id: data.attested.id, jwk, counter: data.counter };
}

/** AuthenticationResponseJSON: how often the key has signed by now. */
export function signatureOf(
  credential: unknown,
  { jwk, counter }: Pick<NewKey, "jwk" | "counter">,
  wanted: Wanted,
): { readonly counter: number } | Failing {
  const response = membersOf(membersOf(credential)["response"]);
  const failing = clientProblem(response, "webauthn.get", wanted);
  if (failing !== undefined) return failing;
  const [raw, signature] = [bytesOf(response["authenticatorData"]), bytesOf(response["signature"])];
  const data = raw === undefined ? undefined : authenticatorData(raw);
  if (raw === undefined || signature === undefined || data === undefined) return "malformed";
  const problem = dataProblem(data, wanted);
  if (problem !== undefined) return problem;
  const client = createHash("sha256")
    .update(bytesOf(response["clientDataJSON"]) ?? "")
    .digest();
  const key = createPublicKey({ key: jwk, format: "jwk" });
  if (!verify("sha256", Buffer.concat([raw, client]), key, signature)) return "verification";
  // A key that counts and does not get on has been copied.
  const copied = (counter > 0 || data.counter > 0) && data.counter <= counter;
  return copied ? "verification" : { counter: data.counter };
}

function clientProblem(response: Members, type: string, { challenge, relyingParty }: Wanted): Failing | undefined {
  const client = membersOf(parsedJson(bytesOf(response["clientDataJSON"])?.toString() ?? ""));
  if (client["type"] !== type) return "malformed";
  if (client["challenge"] !== challenge) return "challenge";
  return isOriginOf(client["origin"], relyingParty) ? undefined : "origin";
}

/** The relying party's own pages and those below it; of this machine also without TLS. */
function isOriginOf(origin: unknown, relyingParty: string): boolean {
  if (typeof origin !== "string" || !URL.canParse(origin)) return false;
  const { protocol, hostname } = new URL(origin);
  const local = hostname === "localhost" || hostname.endsWith(".localhost");
  if (protocol !== "https:" && !(protocol === "http:" && local)) return false;
  return hostname === relyingParty || hostname.endsWith(`.${relyingParty}`);
}

type AuthenticatorData = {
  readonly relyingParty: Buffer;
  readonly present: boolean;
  readonly verified: boolean;
  readonly counter: number;
  readonly attested?: { readonly id: string; readonly key: ReadonlyMap<unknown, unknown> };
};

function authenticatorData(bytes: Buffer): AuthenticatorData | undefined {
  if (bytes.length < 37) return undefined;
  const flags = bytes.readUInt8(32);
  const data = {
    relyingParty: bytes.subarray(0, 32),
    present: (flags & 0x01) !== 0,
    verified: (flags & 0x04) !== 0,
    counter: bytes.readUInt32BE(33),
  };
  if ((flags & 0x40) === 0 || bytes.length < 55) return data;
  const length = bytes.readUInt16BE(53);
  const key = mapOf(readCbor(bytes.subarray(55 + length))?.value);
  return { ...data, attested: { id: bytes.subarray(55, 55 + length).toString("base64url"), key } };
}

function dataProblem(data: AuthenticatorData, { relyingParty, mustVerifyUser }: Wanted): Failing | undefined {
  if (!createHash("sha256").update(relyingParty).digest().equals(data.relyingParty)) return "relyingParty";
  return data.present && (data.verified || !mustVerifyUser) ? undefined : "verification";
}

function mapOf(value: unknown): ReadonlyMap<unknown, unknown> {
  return value instanceof Map ? value : new Map();
}

/** Of a COSE key: ES256 and RS256, which are what is asked for. */
function jwkOf(key: ReadonlyMap<unknown, unknown>): Readonly<Record<string, string>> | undefined {
  const text = (name: number): string | undefined => {
    const value = key.get(name);
    return value instanceof Uint8Array ? Buffer.from(value).toString("base64url") : undefined;
  };
  const algorithm = key.get(3);
  if (algorithm === -7 && key.get(1) === 2 && key.get(-1) === 1) {
    const [x, y] = [text(-2), text(-3)];
    return x === undefined || y === undefined ? undefined : { kty: "EC", crv: "P-256", x, y };
  }
  const [n, e] = [text(-1), text(-2)];
  if (algorithm !== -257 || key.get(1) !== 3 || n === undefined || e === undefined) return undefined;
  return { kty: "RSA", n, e };
}
