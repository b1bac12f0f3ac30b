// Presigned URLs and what becomes of wrong ones, as they were recorded from AWS (see ../NOTICE).

import { expect } from "vitest";
import { presigned, queryOf, type Presigned, type Version } from "./presigned.ts";
import { documentOf } from "./requests.ts";
import { recorded, type Driver, type RawAnswer, type Session } from "./session.ts";

const URLS = "TestS3PresignedUrl::test_";
const ODD = "non-ascii-%E2%80%94_—_é_";

type Sent = { readonly headers?: Record<string, string>; readonly body?: string };

const put = (
  url: string,
  { headers = {}, body = "test_data" }: Sent = {},
): [string, Parameters<Session["send"]>[1]] => [
  url,
  { method: "PUT", headers: { ...headers, "content-length": String(Buffer.byteLength(body)) }, body },
];

async function accepted(s: Session, url: string, sent: Sent = {}): Promise<void> {
  const { status, body } = await s.send(...put(url, sent));
  expect([status, body]).toEqual([200, ""]);
}

/** The same URL with other parameters. */
function changed(url: string, change: (query: Record<string, string>) => Record<string, string>): string {
  const { origin, pathname, searchParams } = new URL(url);
  return `${origin}${pathname}?${queryOf(change(Object.fromEntries(searchParams)))}`;
}

const withMetadata =
  (version: Version): Driver =>
  async (s) => {
    const key = "key-by-hostname";
    const body = "content 123";
    // Version 2 has them in the URL, version 4 among the headers it signs.
    const foo = { "x-amz-meta-foo": "bar" };
    const url = presigned(s, version, {
      key,
      method: "PUT",
      ...(version === "s3" ? { query: foo } : { headers: foo }),
    });
    if (version === "s3v4") await documentOf(s, "no-meta-headers", ...put(url, { body }));
    await accepted(s, url, { body, ...(version === "s3v4" && { headers: foo }) });
    await s.is("head_object", "HeadObject", { Key: key });
    await documentOf(s, "wrong-meta-headers", ...put(url, { body, headers: { "x-amz-meta-wrong": "wrong" } }));
  };

const expires =
  (version: Version, label: string, expiry: number, virtual = false): Driver =>
  async (s) => {
    const asked = { key: "key-expires", virtual };
    await s.do("PutObject", { Key: asked.key, Body: "something" });
    const url = presigned(s, version, { ...asked, expires: expiry });
    expect(await answered(s, url)).toEqual([200, "something"]);
    await s.cloud.clock.advance(`${expiry + 1} seconds`);
    await documentOf(s, label, url, { method: "GET" });
    expect(await answered(s, presigned(s, version, { ...asked, expires: 120 }))).toEqual([200, "something"]);
  };

async function answered(s: Session, url: string): Promise<[number, string]> {
  const { status, body } = await s.send(url, { method: "GET" });
  return [status, body];
}

const authenticates =
  (version: Version, virtual: boolean): Driver =>
  async (s) => {
    const key = "temp.txt";
    await s.do("PutObject", { Key: key, Body: "123" });
    const sign = (asked: Partial<Presigned>): string => presigned(s, version, { key, virtual, ...asked });
    expect(await answered(s, sign({}))).toEqual([200, "123"]);
    const overrides = {
      "response-content-type": "text/plain",
      "response-content-disposition": "attachment;  filename=test.txt",
    };
    const overriding = sign({ query: overrides });
    expect(await answered(s, overriding)).toEqual([200, "123"]);
    const fake = { "content-type": "my-fake-content/type" };
    const bare = changed(
      overriding,
      ({ "response-content-type": _type, "response-content-disposition": _as, ...kept }) => kept,
    );
    await documentOf(s, "invalid-get-1", bare, { method: "GET", headers: fake });
    await accepted(s, sign({ method: "PUT" }));
    const typed = { "content-type": "text/plain" };
    const url = sign({ method: "PUT", headers: typed });
    await accepted(s, url, { headers: typed });
    await documentOf(s, "invalid-put-1", ...put(url, { headers: fake }));
    expect((await s.send(sign({ method: "DELETE" }), { method: "DELETE" })).status).toBe(204);
  };

const differentHeaders =
  (version: Version): Driver =>
  async (s) => {
    const at = { key: "key-double-header-param", method: "PUT" };
    const typed = { "content-type": "text/plain" };
    const ofType = presigned(s, version, { ...at, headers: typed });
    await accepted(s, ofType, { headers: typed });
    const other = { "content-type": "text/xml" };
    await documentOf(s, "content-type-exception", ...put(ofType, { headers: other }));
    await s.cloud.clock.advance("1 second");
    const identity = { "content-encoding": "identity" };
    const encoded = presigned(s, version, { ...at, headers: identity });
    await accepted(s, encoded, { headers: identity });
    await documentOf(s, "content-type-response", ...put(encoded, { headers: { ...identity, ...other } }));
    await documentOf(
      s,
      "wrong-content-encoding-response",
      ...put(encoded, { headers: { "content-encoding": "gzip" } }),
    );
  };

const missing =
  (version: Version, name: string): Driver =>
  async (s) => {
    const url = presigned(s, version, { key: "key-missing-param" });
    await documentOf(
      s,
      "missing-param-exception",
      changed(url, ({ [name]: _gone, ...kept }) => kept),
      { method: "GET" },
    );
  };

const badChunkHeaders =
  (version: Version, isRecorded: boolean): Driver =>
  async (s) => {
    const signed = { "content-md5": "pX8KKuGXS1f2VTcuJpqjkw==", "content-type": "application/octet-stream" };
    const url = presigned(s, version, { key: "test-runtime.properties", method: "PUT", headers: signed });
    const headers = {
      ...signed,
      "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
      "x-amz-date": "20211122T191045Z",
    };
    const refused = async (label: string, sent: Record<string, string>): Promise<RawAnswer> => {
      const request = put(url, { headers: sent, body: "test" });
      return isRecorded ? documentOf(s, label, ...request) : s.send(...request);
    };
    const answers = [
      await refused("with-decoded-content-length", { ...headers, "x-amz-decoded-content-length": "test" }),
      await refused("without-decoded-content-length", headers),
    ];
    expect(answers.map(({ status }) => status)).toEqual([403, 403]);
  };

const versions = <T>(name: string, driver: (version: Version) => T): Record<string, T> => ({
  [`${URLS}${name}[s3]`]: driver("s3"),
  [`${URLS}${name}[s3v4]`]: driver("s3v4"),
});
/** Each version with a flag that the recorded suite ran it with, too. */
const flagged = <T>(name: string, driver: (version: Version, flag: boolean) => T): Record<string, T> =>
  Object.fromEntries(
    (["s3", "s3v4"] as const).flatMap((version) =>
      [true, false].map((flag) => [`${URLS}${name}[${version}-${flag ? "True" : "False"}]`, driver(version, flag)]),
    ),
  );

recorded(import.meta.url, "general", {
  async [`${URLS}put_object`](s) {
    await accepted(s, presigned(s, "s3v4", { key: "my-key", method: "PUT" }), { body: "something" });
    await s.is("get_object", "GetObject", { Key: "my-key" });
  },
  [`${URLS}put_url_metadata_with_sig_s3v4[True]`]: withMetadata("s3v4"),
  [`${URLS}put_url_metadata_with_sig_s3v4[False]`]: withMetadata("s3v4"),
  [`${URLS}put_url_metadata_with_sig_s3[True]`]: withMetadata("s3"),
  [`${URLS}put_url_metadata_with_sig_s3[False]`]: withMetadata("s3"),
  ...flagged("put_object_with_md5_and_chunk_signature_bad_headers", badChunkHeaders),
  ...versions("s3_presigned_url_expired", (version) => expires(version, "expired-exception", 2)),
  ...flagged("presigned_url_signature_authentication_expired", (version, virtual) =>
    expires(version, "expired", 1, virtual),
  ),
  ...flagged("presigned_url_signature_authentication", authenticates),
  ...versions("s3_put_presigned_url_with_different_headers", differentHeaders),
  ...versions("s3_put_presigned_url_missing_sig_param", (version) =>
    missing(version, version === "s3" ? "Expires" : "X-Amz-Date"),
  ),
  async [`${URLS}s3_put_presigned_url_same_header_and_qs_parameter`](s) {
    const payer = { "x-amz-request-payer": "requester" };
    const url = presigned(s, "s3v4", { key: "key-double-header-param", method: "PUT", headers: payer });
    const doubled = changed(url, (query) => ({ "x-amz-request-payer": "non-valid", ...query }));
    await documentOf(s, "double-header-query-string", ...put(doubled, { headers: payer }));
    await documentOf(s, "override-signed-qs", ...put(url, { headers: { "x-amz-expires": "5" } }));
  },
  async [`${URLS}presigned_url_v4_x_amz_in_qs`](s) {
    const key = "temp.txt";
    const query = { "x-amz-storage-class": "STANDARD", "x-amz-meta-foo": "bar-complicated-no-random" };
    const headers = { "content-md5": "4QrcOUm6Wau+VuBX8g+IPg==" };
    const url = presigned(s, "s3v4", { key, method: "PUT", query, headers });
    expect((await s.send(...put(url, { body: "123456" }))).status).toBe(403);
    await accepted(s, url, { body: "123456", headers });
    await s.is("head-object", "HeadObject", { Key: key, ChecksumMode: "ENABLED" });
  },
  async [`${URLS}presigned_double_encoded_credentials`](s) {
    await s.do("PutObject", { Key: "foo-key", Body: "foobar" });
    const url = presigned(s, "s3v4", { key: "foo-key" });
    const doubled = changed(url, ({ "X-Amz-Credential": credential = "", ...query }) => ({
      ...query,
      "X-Amz-Credential": encodeURIComponent(credential),
    }));
    await documentOf(s, "error-malformed", doubled, { method: "GET" });
  },
  async [`${URLS}get_response_overrides_unicode_metadata_with_sig_s3`](s) {
    await s.do("PutObject", { Key: "my-key", Body: "something" });
    const url = presigned(s, "s3", { key: "my-key", query: { "response-cache-control": ODD } });
    await documentOf(s, "unicode-error", url, { method: "GET" });
  },
  async [`${URLS}put_unicode_metadata_with_sig_s3`](s) {
    await accepted(s, presigned(s, "s3", { key: "my-key", method: "PUT", query: { "x-amz-meta-foo": ODD } }), {
      body: "",
    });
    await s.is("head_object", "HeadObject", { Key: "my-key" });
  },
});
