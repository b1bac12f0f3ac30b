// Who signed a POST form: SigV4 or the older SigV2, over the policy's text.

import { createHmac, timingSafeEqual } from "node:crypto";
import type { Caller } from "../../../cloud/operation.ts";
import { amzDateMs, scopeOf, signingKey, hmacHex } from "../../../protocols/sigv4-key.ts";
import { accessDenied, invalidArgument, s3Error } from "../errors.ts";
import type { Context } from "../store.ts";

type Fields = ReadonlyMap<string, string>;

const FOURTH = ["X-Amz-Signature", "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date"] as const;
const SECOND = ["Signature", "AWSAccessKeyId"] as const;
const ANONYMOUS: Caller = { kind: "anonymous", account: "anonymous", arn: "*", userId: "anonymous" };

/** A form without a policy is anonymous. Throws where the signature is missing or wrong. */
export function signerOf(context: Context, fields: Fields, home: string | undefined): Caller {
  const policy = fields.get("policy");
  const present = (name: string): boolean => fields.has(name.toLowerCase());
  if (policy === undefined) return ANONYMOUS;
  if (FOURTH.some(present)) return fourth(context, fields, { policy, home });
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

type Stated = { readonly policy: string; /** The bucket's region. */ readonly home: string | undefined };

function fourth(context: Context, fields: Fields, { policy, home }: Stated): Caller {
  demandFields(fields, FOURTH);
  const algorithm = fields.get("x-amz-algorithm") ?? "";
  if (algorithm !== "AWS4-HMAC-SHA256")
    throw invalidArgument("Only AWS4-HMAC-SHA256 is supported", "X-Amz-Algorithm", algorithm);
  const stamp = fields.get("x-amz-date") ?? "";
  if (amzDateMs(stamp) === undefined)
    throw invalidArgument("X-Amz-Date must be formated via ISO8601 Long format", "X-Amz-Date", stamp);
  const credential = fields.get("x-amz-credential") ?? "";
  const [accessKeyId = "", date = "", region = "", service = ""] = credential.split("/");
  const fault = faultOf(credential, home);
  if (fault !== undefined) throw invalidArgument(fault, "X-Amz-Credential", credential);
  const given = fields.get("x-amz-signature") ?? "";
  return proven(context, fields, {
    accessKeyId,
    given,
    policy,
    sign: (secret) => hmacHex(signingKey(secret, scopeOf(date, region, service)), policy),
  });
}

function faultOf(credential: string, home: string | undefined): string | undefined {
  const [accessKeyId = "", date = "", region = "", service = "", terminal = "", ...more] = credential.split("/");
  if (accessKeyId === "" || terminal === "" || more.length > 0)
    return 'the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".';
  if (!/^\d{8}$/.test(date))
    return `incorrect date format "${date}". This date in the credential must be in the format "yyyyMMdd".`;
  if (home !== undefined && region !== home) return `the region "${region}" is wrong; expecting "${home}"`;
  if (service !== "s3") return `incorrect service "${service}". This endpoint belongs to "s3".`;
  if (terminal !== "aws4_request") return `incorrect terminal "${terminal}". This endpoint uses "aws4_request".`;
  return undefined;
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
