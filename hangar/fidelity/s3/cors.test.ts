// Cross-origin rules, preflights and the headers they give, as they were recorded from AWS (see ../NOTICE).

import { expect } from "vitest";
import { addressOf, allowPublicLists, documentOf, respond } from "./requests.ts";
import { recorded, type Session } from "./session.ts";

const CORS = "TestS3Cors";
const Origin = "https://localhost:4200";
const BASIC = { AllowedOrigins: ["*"], AllowedMethods: ["GET"] };

const setCors = (s: Session, ...CORSRules: object[]): Promise<unknown> =>
  s.do("PutBucketCors", { CORSConfiguration: { CORSRules } });

/** An object that anybody may read, in a bucket that anybody may write where `written` says so. */
async function publicObject(s: Session, Key: string, written = false): Promise<string> {
  await allowPublicLists(s);
  if (written) await s.do("PutBucketAcl", { ACL: "public-read-write" });
  await s.do("PutObject", { Key, Body: "test-cors", ACL: "public-read" }, { plain: true });
  return addressOf(Key);
}

type Asked = { readonly origin?: string; readonly referer?: string; readonly method?: string; readonly names?: string };

/** The headers of a preflight, or of a request that says what one would. */
const asking = ({ origin, referer, method, names }: Asked): Record<string, string> => ({
  ...(origin !== undefined && { origin }),
  ...(referer !== undefined && { referer }),
  ...(method !== undefined && { "access-control-request-method": method }),
  ...(names !== undefined && { "access-control-request-headers": names }),
});
const options = (asked: Asked): { method: string; headers: Record<string, string> } => ({
  method: "OPTIONS",
  headers: asking(asked),
});
const get = (asked: Asked, more: Record<string, string> = {}) => ({
  method: "GET",
  headers: { ...asking(asked), ...more },
});

recorded(import.meta.url, "cors", {
  async [`${CORS}::test_cors_http_options_no_config`](s) {
    const url = await publicObject(s, "test-cors-options-no-config");
    await documentOf(s, "options-no-origin", url, options({}));
    await documentOf(s, "options-with-origin-and-method", url, options({ origin: "whatever", method: "PUT" }));
    await documentOf(s, "options-with-origin-no-method", url, options({ origin: "whatever" }));
  },
  async [`${CORS}::test_cors_http_options_non_existent_bucket`](s) {
    const url = addressOf("test-cors-options-no-bucket", "recorded-bucket-that-is-not");
    await documentOf(s, "options-no-origin", url, options({}));
    await documentOf(s, "options-with-origin", url, options({ origin: "whatever" }));
  },
  async [`${CORS}::test_cors_match_origins`](s) {
    const url = await publicObject(s, "test-cors-123");
    const rule = { AllowedMethods: ["GET", "PUT"], MaxAgeSeconds: 3000, AllowedHeaders: ["*"] };
    await setCors(s, { ...rule, AllowedOrigins: [Origin] });
    const both = async (name: string, asked: Asked): Promise<void> => {
      const method = "origin" in asked || "referer" in asked ? { method: "PUT" } : {};
      await respond(s, `opt-${name}`, url, options({ ...asked, ...method }));
      await respond(s, `get-${name}`, url, get(asked));
    };
    await both("no-origin", {});
    await both("referer", { referer: Origin });
    await both("right-origin", { origin: Origin });
    await both("wrong-origin", { origin: "http://localhost:4200" });
    await setCors(s, { ...rule, AllowedOrigins: ["*"] });
    await both("random-wildcard-origin", { origin: "http://random:1234" });
  },
  async [`${CORS}::test_cors_match_methods`](s) {
    const url = await publicObject(s, "test-cors-method", true);
    await setCors(s, { ...BASIC, AllowedOrigins: [Origin], MaxAgeSeconds: 3000, AllowedHeaders: ["*"] });
    await respond(s, "opt-get", url, options({ origin: Origin, method: "GET" }));
    await respond(s, "get-wrong-op", url, get({ origin: Origin, method: "PUT" }));
    await respond(s, "get-op", url, get({ origin: Origin }));
    await respond(s, "opt-put", `${url}new`, options({ origin: Origin, method: "PUT" }));
    const headers = { ...asking({ origin: Origin }), "content-length": "0" };
    await respond(s, "put-op", `${url}new`, { method: "PUT", headers });
  },
  async [`${CORS}::test_cors_match_headers`](s) {
    const url = await publicObject(s, "test-cors-method", true);
    const rule = { ...BASIC, AllowedOrigins: [Origin], MaxAgeSeconds: 3000 };
    const asks = (names: string): ReturnType<typeof options> => options({ origin: Origin, method: "GET", names });
    const payer = "x-amz-request-payer";
    const owner = "x-amz-expected-bucket-owner";
    await setCors(s, { ...rule, AllowedHeaders: ["*"] });
    await respond(s, "opt-get", url, asks(payer));
    await respond(s, "opt-get-two", url, asks(`${payer}, ${owner}`));
    await respond(s, "get-op", url, get({ origin: Origin }, { [payer]: "requester" }));
    const customer = "x-amz-server-side-encryption-customer-algorithm";
    await setCors(s, { ...rule, AllowedHeaders: [owner, customer, "x-AMZ-server-SIDE-encryption"] });
    await s.is("get-bucket-cors-casing", "GetBucketCors");
    await respond(s, "opt-get-non-allowed", url, asks(payer));
    await respond(s, "opt-get-allowed", url, asks(owner));
    await respond(s, "opt-get-allowed-diff-casing", url, asks(`${owner}, x-amz-server-SIDE-encryption`));
    await respond(s, "opt-get-allowed-no-space", url, asks(`${owner},x-amz-server-SIDE-encryption`));
    await respond(s, "get-non-allowed-with-acl", url, get({ origin: Origin, names: payer }));
    await respond(s, "get-non-allowed", url, get({ origin: Origin }, { [payer]: "requester" }));
  },
  async [`${CORS}::test_cors_expose_headers`](s) {
    const url = await publicObject(s, "test-cors-expose", true);
    await setCors(s, { ...BASIC, ExposeHeaders: ["x-amz-id-2", "x-amz-request-id", "x-amz-request-payer"] });
    await respond(s, "opt-get", url, options({ origin: "localhost:4566", method: "GET" }));
  },
  async [`${CORS}::test_put_cors_default_values`](s) {
    const url = await publicObject(s, "test-cors-default", true);
    await setCors(s, BASIC);
    const asked = { origin: "localhost:4566", method: "GET" };
    await respond(s, "opt-get", url, options(asked));
    await respond(s, "opt-get-headers", url, options({ ...asked, names: "x-amz-request-payer" }));
  },
  async [`${CORS}::test_cors_options_match_partial_origin`](s) {
    await setCors(s, {
      ...BASIC,
      AllowedOrigins: ["http://*.origin.com"],
      AllowedMethods: ["GET", "PUT"],
      MaxAgeSeconds: 3000,
      AllowedHeaders: ["*"],
    });
    await respond(
      s,
      "options_match_partial_origin",
      addressOf(""),
      options({ origin: "http://test.origin.com", method: "GET" }),
    );
  },
  async [`${CORS}::test_cors_options_fails_partial_origin`](s) {
    await setCors(s, { ...BASIC, AllowedOrigins: ["http://*.origin.com"], MaxAgeSeconds: 3000, AllowedHeaders: ["*"] });
    await respond(
      s,
      "options_fails_partial_origin",
      addressOf(""),
      options({ origin: "http://test.origin.org", method: "GET" }),
    );
  },
  async [`${CORS}::test_get_cors`](s) {
    await s.is("get-cors-no-set", "GetBucketCors");
    await setCors(s, BASIC);
    await s.is("get-cors-after-set", "GetBucketCors");
  },
  async [`${CORS}::test_put_cors`](s) {
    const rule = {
      AllowedOrigins: ["https://test.com", "https://app.test.com", "http://test.com:80"],
      AllowedMethods: ["GET", "PUT", "HEAD"],
      MaxAgeSeconds: 3000,
      AllowedHeaders: ["x-amz-expected-bucket-owner", "x-amz-server-side-encryption-customer-algorithm"],
    };
    await s.is("put-cors", "PutBucketCors", { CORSConfiguration: { CORSRules: [rule] } });
    await s.is("get-cors", "GetBucketCors");
  },
  async [`${CORS}::test_put_cors_invalid_rules`](s) {
    const put = (label: string, ...CORSRules: object[]) =>
      s.is(label, "PutBucketCors", { CORSConfiguration: { CORSRules } });
    await put("put-cors-exc", { AllowedOrigins: ["*", "https://test.com"], AllowedMethods: ["GET", "MYMETHOD"] });
    await put("put-cors-exc-empty");
  },
  async [`${CORS}::test_put_cors_empty_origin`](s) {
    await setCors(s, { AllowedOrigins: [""], AllowedMethods: ["GET", "PUT", "HEAD"] });
    await s.is("get-cors-empty", "GetBucketCors");
  },
  async [`${CORS}::test_delete_cors`](s) {
    await s.is("delete-cors-before-set", "DeleteBucketCors");
    await s.is("put-cors", "PutBucketCors", { CORSConfiguration: { CORSRules: [BASIC] } });
    await s.is("get-cors", "GetBucketCors");
    await s.is("delete-cors", "DeleteBucketCors");
    await s.is("get-cors-deleted", "GetBucketCors");
  },
  async [`${CORS}::test_cors_http_get_no_config`](s) {
    const url = await publicObject(s, "test-cors-get-no-config");
    for (const asked of [{}, { origin: "whatever" }]) {
      const { status, headers, body } = await s.send(url, get(asked));
      expect([status, body, Object.keys(headers).filter((name) => name.includes("access-control"))]).toEqual([
        200,
        "test-cors",
        [],
      ]);
    }
  },
});
