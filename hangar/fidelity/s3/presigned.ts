// Presigned URLs of both signature versions, as boto3 makes them.

import { createHmac } from "node:crypto";
import { presign as presignV4 } from "../../protocols/sigv4-sign.ts";
import { uriEncode } from "../../protocols/sigv4-canonical.ts";
import { BUCKET, type Session } from "./session.ts";

export type Version = "s3" | "s3v4";

export type Presigned = {
  readonly key: string;
  readonly method?: string;
  readonly bucket?: string;
  /** Signed with the URL, to be sent with the request. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly expires?: number;
  readonly virtual?: boolean;
};

export function presigned(s: Session, version: Version, asked: Presigned): string {
  const { bucket = BUCKET, key, virtual = false } = asked;
  const host = virtual ? `${bucket}.s3.localhost` : "s3.localhost";
  const path = virtual ? `/${key}` : `/${bucket}/${key}`;
  const query = version === "s3" ? second(s, asked) : fourth(s, asked, host, path);
  return `http://${host}${path}?${query}`;
}

function fourth(s: Session, asked: Presigned, host: string, path: string): string {
  const { method = "GET", headers = {}, query = {}, expires = 60 } = asked;
  const signer = { accessKeyId: "test", secretAccessKey: "test", region: "us-east-1", service: "s3" };
  const request = { method, path, query: queryOf(query), headers: { ...headers, host } };
  return presignV4(request, { ...signer, now: s.cloud.clock.now() }, expires);
}

/** Version 2 signs the type, the digest, what begins with x-amz- (in the query too) and the response's overrides. */
function second(s: Session, { method = "GET", bucket = BUCKET, key, ...asked }: Presigned): string {
  const { headers = {}, query = {}, expires = 60 } = asked;
  const ends = String(Math.floor(s.cloud.clock.now() / 1000) + expires);
  const named = Object.entries(query);
  const amz = named.filter(([name]) => name.startsWith("x-amz-")).map(([name, value]) => `${name}:${value}\n`);
  const overrides = named.filter(([name]) => name.startsWith("response-")).map(([name, value]) => `${name}=${value}`);
  const resource = `/${bucket}/${key}${overrides.length === 0 ? "" : `?${overrides.toSorted().join("&")}`}`;
  const head = [method, headers["content-md5"] ?? "", headers["content-type"] ?? "", ends].join("\n");
  const text = `${head}\n${amz.toSorted().join("")}${resource}`;
  const Signature = createHmac("sha1", "test").update(text).digest("base64");
  return queryOf({ AWSAccessKeyId: "test", Signature, Expires: ends, ...query });
}

export function queryOf(query: Readonly<Record<string, string>>): string {
  return Object.entries(query)
    .map(([name, value]) => `${uriEncode(name)}=${uriEncode(value)}`)
    .join("&");
}
