// Customers' keys said wrongly by plain requests, for the JavaScript SDK would complete them, as they were recorded from AWS (see ../NOTICE).

import { createHash } from "node:crypto";
import { presigned } from "./presigned.ts";
import { errorIs } from "./requests.ts";
import { recorded, type Session } from "./session.ts";

const PREFIX = "x-amz-server-side-encryption-customer-";
const NAMES = { algorithm: `${PREFIX}algorithm`, key: `${PREFIX}key`, md5: `${PREFIX}key-md5` } as const;
type Said = Partial<Record<keyof typeof NAMES | "encryption", string>>;
const Key = "test-sse-c";
const ALLOWED = {
  ServerSideEncryptionConfiguration: {
    Rules: [{ BlockedEncryptionTypes: { EncryptionType: ["NONE"] } }],
  },
};

const ONE = "1234567890abcdef1234567890abcdef";
const TWO = "abcdef1234567890abcdef1234567890";
const keyOf = (key: string): Required<Pick<Said, "key" | "md5">> => ({
  key: btoa(key),
  md5: createHash("md5").update(key).digest("base64"),
});
const whole = { algorithm: "AES256", ...keyOf(ONE) };
/** A client that finds no digest takes the key for one that it has to encode. */
const encodedTwice = keyOf(whole.key);

function headersOf({ encryption, ...said }: Said): Record<string, string> {
  const named = Object.entries(said).map(([name, value]) => [NAMES[name as keyof typeof NAMES], value] as const);
  return {
    ...Object.fromEntries(named),
    ...(encryption !== undefined && { "x-amz-server-side-encryption": encryption }),
  };
}

type Way = "PUT" | "GET" | "HEAD" | "attributes";

async function refused(s: Session, label: string, way: Way, said: Said): Promise<void> {
  const attributes = way === "attributes" ? { "x-amz-object-attributes": "ETag" } : {};
  const headers = { ...headersOf(said), ...attributes };
  const method = way === "attributes" ? "GET" : way;
  const query = way === "attributes" ? { attributes: "" } : {};
  const url = presigned(s, "s3v4", { key: Key, method, headers, query });
  const body = way === "PUT" ? { body: "test" } : {};
  const answer = await s.send(url, {
    method,
    headers: { ...headers, ...(way === "PUT" && { "content-length": "4" }) },
    ...body,
  });
  errorIs(s, label, answer);
}

recorded(import.meta.url, "general", {
  async "TestS3SSECEncryption::test_put_object_validation_sse_c"(s) {
    await s.do("PutBucketEncryption", ALLOWED);
    const put = (name: string, said: Said): Promise<void> => refused(s, `put-obj-sse-c-${name}`, "PUT", said);
    const { algorithm, key, md5 } = whole;
    await put("both-encryption", { ...whole, encryption: "AES256" });
    await put("wrong-algo", { ...whole, algorithm: "KMS" });
    await put("no-algo", { key, md5 });
    await put("no-key", { algorithm, md5 });
    await put("no-md5", { algorithm, ...encodedTwice });
    await put("wrong-key-size", { algorithm, ...keyOf(ONE.slice(16)) });
    await put("bad-md5", { ...whole, md5: keyOf(TWO).md5 });
  },
  async "TestS3SSECEncryption::test_object_retrieval_sse_c"(s) {
    await s.do("PutBucketEncryption", ALLOWED);
    const customer = { SSECustomerAlgorithm: "AES256", SSECustomerKey: whole.key, SSECustomerKeyMD5: whole.md5 };
    await s.is("put-obj-sse-c", "PutObject", { Key, Body: "test_data", ...customer });
    const { algorithm, key } = whole;
    await refused(s, "get-obj-no-sse-c", "GET", {});
    await refused(s, "get-obj-sse-c-wrong-key", "GET", { algorithm, ...keyOf(TWO) });
    const wrong = { ...whole, algorithm: "KMS" };
    await refused(s, "get-obj-sse-c-wrong-algo", "GET", wrong);
    await refused(s, "head-obj-sse-c-wrong-algo", "HEAD", wrong);
    await refused(s, "get-obj-attrs-sse-c-wrong-algo", "attributes", wrong);
    await refused(s, "get-obj-sse-c-no-md5", "GET", { algorithm, key: keyOf(TWO).key });
    await refused(s, "head-obj-sse-c-no-md5", "HEAD", { algorithm, key: keyOf(TWO).key });
    await refused(s, "get-obj-sse-c-wrong-key-size", "GET", { algorithm, ...keyOf(ONE.slice(16)) });
    await refused(s, "get-obj-sse-c-bad-md5", "GET", { algorithm, key, md5: keyOf(TWO).md5 });
  },
});
