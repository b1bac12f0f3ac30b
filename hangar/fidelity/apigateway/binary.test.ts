// Binary media types and content handling towards S3, as they were recorded from AWS (see ../NOTICE).

import { expect } from "vitest";
import type { Caller, Input, Session } from "../session.ts";
import { withBytesShown } from "../wire.ts";
import { invoke } from "./mock.ts";
import { BUCKET, bucketOf, roleOf } from "./services.ts";
import { add, apiOf, recorded, replace, type Api } from "./session.ts";

const B = "TestApiGatewayS3BinarySupport::test_apigw_s3_binary_support_";
const encoded = "H4sIABRs7mMC/0vOzy0oSi0uTk1RSEksSdRRKM7IL81JUUhKVcjMK0vMyUxRCA1x07VQKC4pysxLBwC4ORBXLwAAAA==";
const bodies = {
  "binary-raw": Buffer.from(encoded, "base64"),
  "binary-encoded": Buffer.from(encoded),
  text: Buffer.from("this is a UTF8 text typed object"),
};
type Key = keyof typeof bodies;
const keys = Object.keys(bodies) as Key[];
const from = (name: string) => `method.request.${name}`;
const png = "image/png";

type Setup = { readonly s: Session; readonly s3: Caller; readonly api: Api; readonly resourceId: unknown };

/** A resource whose objects are those of a bucket. */
async function setup(s: Session, request: Input = {}, response: Input = {}): Promise<Setup> {
  const s3 = await bucketOf(s);
  const credentials = await roleOf(s);
  const api = await apiOf(s);
  const { id: resourceId } = await api.do("CreateResource", { parentId: api.root, pathPart: "{object_path+}" });
  const method = { resourceId, httpMethod: "ANY" };
  const names = ["path.object_path", "header.Content-Type", "header.response-content-type"];
  const requestParameters = Object.fromEntries(names.map((name, at) => [from(name), at === 0]));
  await api.do("PutMethod", { ...method, authorizationType: "NONE", requestParameters });
  const answered = { ...method, statusCode: "200" };
  await api.do("PutMethodResponse", { ...answered, responseParameters: { "method.response.header.ETag": false } });
  await api.is("put-integration", "PutIntegration", {
    ...method,
    integrationHttpMethod: "ANY",
    type: "AWS",
    uri: `arn:aws:apigateway:us-east-1:s3:path/${BUCKET}/{object_path}`,
    requestParameters: {
      "integration.request.path.object_path": from("path.object_path"),
      "integration.request.header.Content-Type": from("header.Content-Type"),
      "integration.request.querystring.response-content-type": from("header.response-content-type"),
    },
    credentials,
    ...request,
  });
  const responseParameters = { "method.response.header.ETag": "integration.response.header.ETag" };
  await api.do("PutIntegrationResponse", { ...answered, responseParameters, ...response });
  return { s, s3, api, resourceId };
}

/** A stage from now on, with pictures as binary. */
async function withPictures({ api }: Setup): Promise<void> {
  await api.do("UpdateRestApi", { patchOperations: add("/binaryMediaTypes/image~1png") });
  await api.do("CreateDeployment", { stageName: "test2" });
}

async function put({ s, api }: Setup, stage: string, key: Key, type: string): Promise<number> {
  const headers = { "Content-Type": type };
  const reply = await invoke(s, api.id, `PUT /${stage}/${key}`, { headers, body: bodies[key] });
  if (reply.status === 200) expect(reply.body).toBe("");
  return reply.status;
}

/** A body that was read as text, or shown as bytes. */
async function objectIs({ s, s3 }: Setup, label: string, key: Key, isText = false): Promise<void> {
  const answer = await s3.do("GetObject", { Bucket: BUCKET, Key: key });
  s.matches(label, answer, (recording) => {
    if (!isText) return recording;
    const { Body } = recording as { readonly Body: string };
    return { ...(recording as object), Body: withBytesShown(Buffer.from(Body)) };
  });
}

async function rawObject({ s, s3 }: Setup, label: string): Promise<void> {
  const input = { Bucket: BUCKET, Key: "test-raw-key-etag", Body: bodies["binary-raw"] };
  s.matches(label, await s3.do("PutObject", input));
}

/** Objects of each kind come back the way they were accepted. */
async function objects({ s, s3 }: Setup, only: readonly Key[] = keys): Promise<void> {
  for (const key of only)
    s.matches(`put-obj-${key}`, await s3.do("PutObject", { Bucket: BUCKET, Key: key, Body: bodies[key] }));
}

type Getting = { readonly stage?: string; readonly accept?: string; readonly type?: string };

function got({ s, api }: Setup, key: Key, { stage = "test2", accept = png, type }: Getting = {}) {
  const headers = { Accept: accept, "response-content-type": type ?? "binary/octet-stream" };
  return invoke(s, api.id, `GET /${stage}/${key}`, { headers });
}

async function gives(at: Setup, label: string, key: Key, getting: Getting = {}): Promise<void> {
  const { bytes, headers } = await got(at, key, getting);
  const etag = Object.entries(headers).find(([name]) => name.toLowerCase() === "etag")?.[1];
  at.s.matches(label, { content: withBytesShown(bytes), etag });
}

async function fails(at: Setup, key: Key, getting: Getting = {}): Promise<void> {
  expect((await got(at, key, getting)).status).toBe(500);
}

const short: Readonly<Record<Key, string>> = { "binary-raw": "raw", "binary-encoded": "encoded", text: "text" };
const plain = "text/plain";

/** All of what is accepted and answered, with pictures as binary; `cannot` cannot be read as base64. */
async function table(at: Setup, cannot: { readonly binary: readonly Key[]; readonly text: readonly Key[] }) {
  for (const key of keys) {
    if (cannot.binary.includes(key)) await fails(at, key);
    else await gives(at, `${short[key]}-payload-text-accept-binary`, key);
    await gives(at, `${short[key]}-payload-binary-accept-binary`, key, { type: png });
    if (cannot.text.includes(key)) await fails(at, key, { accept: plain });
    else await gives(at, `${short[key]}-payload-text-accept-text`, key, { accept: plain });
    await gives(at, `${short[key]}-payload-binary-accept-text`, key, { accept: plain, type: png });
  }
}

async function request(s: Session, handling: Input): Promise<void> {
  const at = await setup(s, handling);
  await at.api.do("CreateDeployment", { stageName: "test" });
  await rawObject(at, "put-obj-raw");
  for (const key of keys) expect(await put(at, "test", key, png)).toBe(200);
  for (const key of keys) await objectIs(at, `get-obj-no-binary-media-${key}`, key, true);
  await withPictures(at);
  for (const key of keys) expect(await put(at, "test2", key, png)).toBe(200);
  for (const key of keys) await objectIs(at, `get-obj-binary-type-${key}`, key);
  for (const key of keys) expect(await put(at, "test2", key, plain)).toBe(200);
  for (const key of keys) await objectIs(at, `get-obj-text-type-${key}`, key);
}

const toBinary = { contentHandling: "CONVERT_TO_BINARY" };
const data = '{"data": "$input.body"}';
const none: readonly Key[] = [];
const unreadable: readonly Key[] = ["binary-raw", "text"];

recorded(import.meta.url, "apigateway-s3", {
  [`${B}request[None]`]: (s) => request(s, {}),
  [`${B}request[CONVERT_TO_TEXT]`]: (s) => request(s, { contentHandling: "CONVERT_TO_TEXT" }),
  async [`${B}request_convert_to_binary`](s) {
    const at = await setup(s, toBinary);
    await at.api.do("CreateDeployment", { stageName: "test" });
    await rawObject(at, "put-obj-raw");
    expect(await put(at, "test", "binary-encoded", png)).toBe(200);
    await objectIs(at, "get-obj-no-binary-media-binary-encoded", "binary-encoded");
    expect(await put(at, "test", "binary-raw", png)).toBe(500);
    expect(await put(at, "test", "text", plain)).toBe(500);
    await withPictures(at);
    for (const key of keys) expect(await put(at, "test2", key, png)).toBe(200);
    for (const key of keys) await objectIs(at, `get-obj-binary-media-${key}`, key);
    for (const key of unreadable) expect(await put(at, "test2", key, plain)).toBe(500);
    expect(await put(at, "test2", "binary-encoded", plain)).toBe(200);
    await objectIs(at, "get-obj-text-type-binary-encoded", "binary-encoded");
  },
  async [`${B}request_convert_to_binary_with_request_template`](s) {
    const at = await setup(s, toBinary);
    const method = { resourceId: at.resourceId, httpMethod: "ANY" };
    const patchOperations = add("/requestTemplates/application~1json", data);
    await at.api.do("UpdateIntegration", { ...method, patchOperations });
    await at.api.is("get-integration", "GetIntegration", method);
    await at.api.do("CreateDeployment", { stageName: "test" });
    expect(await put(at, "test", "binary-encoded", png)).toBe(200);
    await objectIs(at, "get-obj-encoded", "binary-encoded");
    expect(await put(at, "test", "binary-encoded", "application/json")).toBe(500);
  },
  async [`${B}response_no_content_handling`](s) {
    const at = await setup(s);
    await at.api.do("CreateDeployment", { stageName: "test" });
    await objects(at);
    await gives(at, "text-no-media", "text", { stage: "test", accept: plain });
    await gives(at, "raw-no-media", "binary-raw", { stage: "test" });
    await gives(at, "encoded-no-media", "binary-encoded", { stage: "test" });
    await withPictures(at);
    await table(at, { binary: unreadable, text: none });
  },
  async [`${B}response_convert_to_text`](s) {
    const at = await setup(s, {}, { contentHandling: "CONVERT_TO_TEXT" });
    await at.api.do("CreateDeployment", { stageName: "test" });
    await objects(at);
    await gives(at, "text-no-media", "text", { stage: "test", accept: plain });
    await gives(at, "raw-no-media", "binary-raw", { stage: "test" });
    await gives(at, "encoded-no-media", "binary-encoded", { stage: "test" });
    await withPictures(at);
    await table(at, { binary: none, text: none });
  },
  async [`${B}response_convert_to_binary`](s) {
    const at = await setup(s, {}, toBinary);
    await at.api.do("CreateDeployment", { stageName: "test" });
    await objects(at);
    await gives(at, "encoded-no-media", "binary-encoded", { stage: "test" });
    await fails(at, "binary-raw", { stage: "test" });
    await fails(at, "text", { stage: "test", accept: plain });
    await withPictures(at);
    await table(at, { binary: unreadable, text: unreadable });
  },
  async [`${B}response_convert_to_binary_with_request_template`](s) {
    const at = await setup(s, {}, { contentHandling: "CONVERT_TO_TEXT" });
    const answer = { resourceId: at.resourceId, httpMethod: "ANY", statusCode: "200" };
    const update = (patchOperations: object[]) =>
      at.api.do("UpdateIntegrationResponse", { ...answer, patchOperations });
    await update(add("/responseTemplates/application~1json", data));
    await at.api.is("get-integration-response", "GetIntegrationResponse", answer);
    await at.s3
      .do("PutObject", { Bucket: BUCKET, Key: "binary-encoded", Body: bodies["binary-encoded"] })
      .then((made) => s.matches("put-obj-encoded", made));
    await withPictures(at);
    await gives(at, "encoded-text-payload-binary-accept", "binary-encoded");
    await update(replace("/contentHandling", "CONVERT_TO_BINARY"));
    await at.api.is("get-integration-response-update", "GetIntegrationResponse", answer);
    await at.api.do("CreateDeployment", { stageName: "test2" });
    await fails(at, "binary-encoded");
  },
});
