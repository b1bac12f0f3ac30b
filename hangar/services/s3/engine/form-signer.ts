// Who signed a POST form: SigV4 or the older SigV2, over the policy's text.

import { createHmac, timingSafeEqual } from "node:crypto";
import type { Caller } from "../../../cloud/operation.ts";
import { scopeOf, signingKey, hmacHex } from "../../../protocols/sigv4-key.ts";
import { accessDenied, invalidArgument, s3Error } from "../errors.ts";
import type { Context } from "../store.ts";

type Fields = ReadonlyMap<string, string>;

const FOURTH = ["X-Amz-Signature", "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date"] as const;
const SECOND = ["Signature", "AWSAccessKeyId"] as const;
const ANONYMOUS: Caller = { kind: "anonymous", account: "anonymous", arn: "*", userId: "anonymous" };

/** A form without a policy is anonymous. Throws where the signature is missing or wrong. */
export function signerOf(context: Context, fields: Fields): Caller {
  const policy = fields.get("policy");
  const present = (name: string): boolean => fields.has(name.toLowerCase());
  if (policy === undefined) return ANONYMOUS;
  if (FOURTH.some(present)) return fourth(context, fields, policy);
  if (SECOND.some(present)) return second(context, fields, policy);
  throw accessDenied();
}

function demandFields(fields: Fields, names: readonly string[]): void {
  for (const name of names) {
    if (fields.has(name.toLowerCase())) continue;
    throw invalidArgument(
      `Bucket POST must contain a field named '${name}'.  If it is specified, please check the order of the fields.`,
      name,
      "",
    );
  }
}

function fourth(context: Context, fields: Fields, policy: string): Caller {
  demandFields(fields, FOURTH);
  const [accessKeyId = "", date = "", region = "", service = ""] = (fields.get("x-amz-credential") ?? "").split("/");
  const given = fields.get("x-amz-signature") ?? "";
  return proven(context, fields, {
    accessKeyId,
    given,
    policy,
    sign: (secret) => hmacHex(signingKey(secret, scopeOf(date, region, service)), policy),
  });
}

function second(context: Context, fields: Fields, policy: string): Caller {
  demandFields(fields, SECOND);
  const accessKeyId = fields.get("awsaccesskeyid") ?? "";
  const given = fields.get("signature") ?? "";
  return proven(context, fields, {
    accessKeyId,
    given,
    policy,
    sign: (secret) => createHmac("sha1", secret).update(policy).digest("base64"),
  });
}

type Claim = {
  readonly accessKeyId: string;
  readonly given: string;
  readonly policy: string;
  readonly sign: (secret: string) => string;
};

/** As for any request: keys that were issued are checked, others are root of their account. */
function proven(context: Context, fields: Fields, { accessKeyId, given, policy, sign }: Claim): Caller {
  const owner = context.ports.access.keyOwner(accessKeyId);
  const secret = owner === undefined ? (accessKeyId === "test" ? "test" : undefined) : owner.secretAccessKey;
  if (secret !== undefined && !same(sign(secret), given)) {
    const message =
      "The request signature we calculated does not match the signature you provided. Check your key and signing method.";
    const bytes = [...Buffer.from(policy)].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const members = {
      AWSAccessKeyId: accessKeyId,
      StringToSign: policy,
      SignatureProvided: given,
      StringToSignBytes: bytes,
    };
    throw s3Error("SignatureDoesNotMatch", message, 403, members);
  }
  if (owner?.sessionToken !== undefined && owner.sessionToken !== fields.get("x-amz-security-token")) {
    throw s3Error("InvalidToken", "The provided token is malformed or otherwise invalid.");
  }
  if (owner?.expiration !== undefined && owner.expiration <= context.clock.now())
    throw s3Error("ExpiredToken", "The provided token has expired.");
  if (owner !== undefined) return owner.caller;
  const account = /^\d{12}$/.test(accessKeyId) ? accessKeyId : context.account;
  return { kind: "root", account, arn: `arn:aws:iam::${account}:root`, userId: account };
}

function same(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
