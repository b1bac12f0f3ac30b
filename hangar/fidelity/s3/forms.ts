// Upload forms as boto3 signs them, and their posting.

import { createHmac } from "node:crypto";
import { amzDateOf, hmacHex, scopeOf, signingKey } from "../../protocols/sigv4-key.ts";
import { addressOf, documentOf } from "./requests.ts";
import { BUCKET, type RawAnswer, type Session } from "./session.ts";
import type { Version } from "./presigned.ts";

type Fields = Readonly<Record<string, string>>;
export type Drawn = {
  readonly key: string;
  readonly fields?: Fields;
  readonly conditions?: readonly unknown[];
  readonly version?: Version;
  readonly expires?: number;
  readonly keys?: { readonly accessKeyId: string; readonly secretAccessKey: string };
};

const TEST = { accessKeyId: "test", secretAccessKey: "test" };

/** The fields of a form that may be posted until it expires. */
export function signedFields(s: Session, drawn: Drawn): Record<string, string> {
  const { key, fields = {}, conditions = [], version = "s3v4", expires = 60, keys = TEST } = drawn;
  const now = s.cloud.clock.now();
  const date = amzDateOf(now);
  const scope = scopeOf(date.slice(0, 8), "us-east-1", "s3");
  const signed: Fields =
    version === "s3"
      ? {}
      : {
          "x-amz-algorithm": "AWS4-HMAC-SHA256",
          "x-amz-credential": `${keys.accessKeyId}/${scope.scope}`,
          "x-amz-date": date,
        };
  const named = Object.entries(signed).map(([name, value]) => ({ [name]: value }));
  const policy = textOf({
    expiration: new Date(now + expires * 1000).toISOString(),
    conditions: [...conditions, { bucket: BUCKET }, { key }, ...named],
  });
  const signature =
    version === "s3"
      ? {
          AWSAccessKeyId: keys.accessKeyId,
          signature: createHmac("sha1", keys.secretAccessKey).update(policy).digest("base64"),
        }
      : { "x-amz-signature": hmacHex(signingKey(keys.secretAccessKey, scope), policy) };
  return { ...fields, key, ...signed, policy, ...signature };
}

function textOf(policy: object): string {
  return Buffer.from(JSON.stringify(policy)).toString("base64");
}

export type Posting = { readonly file?: string; readonly type?: string; readonly inField?: boolean };

/** Posts the fields and a file, which the recorded client named "file"; or the fields alone that hold it. */
export async function post(s: Session, fields: Fields, posting: Posting = {}): Promise<RawAnswer> {
  return s.send(addressOf(""), await requestOf(fields, posting));
}

/** Posts, and compares the document of the answer. */
export async function postedIs(s: Session, label: string, fields: Fields, posting: Posting = {}): Promise<void> {
  await documentOf(s, label, addressOf(""), await requestOf(fields, posting));
}

async function requestOf(fields: Fields, { file = "abcdef", type, inField = false }: Posting) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  if (inField) form.append("fake-field", new Blob(["fake-content"]), "fake-field");
  else form.append("file", new Blob([file]), "file");
  const encoded = new Response(form);
  const body = Buffer.from(await encoded.arrayBuffer());
  const headers = {
    "content-type": type ?? encoded.headers.get("content-type") ?? "",
    "content-length": String(body.byteLength),
  };
  return { method: "POST", headers, body };
}
