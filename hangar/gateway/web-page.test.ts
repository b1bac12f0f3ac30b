// What a page on the web can do with a cloud on somebody's machine: nothing.

import { beforeEach, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../index.ts";
import { sign } from "../protocols/sigv4-sign.ts";
import { ask } from "./test-cloud.ts";

let cloud: RunningCloud;
beforeEach(async () => {
  cloud = await startCloud();
  return () => cloud.close();
});

describe("a web page", () => {
  const control = [
    "/_hangar/call",
    "/_hangar/clock",
    "/_hangar/settle",
    "/_hangar/forks",
    "/_hangar/faults",
    "/_hangar/deploy",
    "/_hangar/destroy",
  ];

  test.each(control)("of any origin, our own included, may not POST to %s", async (path) => {
    for (const origin of ["https://evil.example", "null", "http://localhost:3000", cloud.endpoint]) {
      const answer = await ask(cloud, "POST", path, { headers: { origin, "content-type": "text/plain" }, body: {} });
      expect(answer).toMatchObject({
        status: 403,
        text: '{"code":"Forbidden","message":"Web pages may not call this."}',
      });
      expect(Object.keys(answer.headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
    }
  });

  test("gets no leave from a preflight", async () => {
    const headers = { origin: "https://evil.example", "access-control-request-method": "POST" };
    for (const path of ["/_hangar/call", "/", "/bucket/key"]) {
      const answer = await ask(cloud, "OPTIONS", path, { headers });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
    }
  });

  test("may not read through a script or an image tag, which send no Origin", async () => {
    for (const site of ["cross-site", "same-site"])
      expect(await ask(cloud, "GET", "/_hangar/trace", { headers: { "sec-fetch-site": site } })).toMatchObject({
        status: 403,
      });
    expect(await ask(cloud, "GET", "/_hangar/trace", { headers: { "sec-fetch-site": "none" } })).toMatchObject({
      status: 200,
    });
  });

  test.each([
    "evil.example",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "evillocalhost.com",
    "localhost.",
    "evil.on.aws.example",
  ])("that had its name %s point at us reaches nothing", async (name) => {
    const headers = { host: `${name}:${cloud.port}` };
    for (const path of ["/_hangar/health", "/_hangar/trace", "/_localstack/health", "/", "/_aws/execute-api/x"]) {
      const answer = await ask(cloud, "GET", path, { headers });
      expect(answer).toMatchObject({
        status: 403,
        text: `Hangar does not answer for the host "${name}". Add it to "hosts" if it is yours.\n`,
      });
    }
  });

  test.each([
    "localhost",
    "127.0.0.1",
    "[::1]",
    "b.s3.localhost",
    "localhost.localstack.cloud",
    "host.docker.internal",
    "hangar",
    "sqs.us-east-1.amazonaws.com",
  ])("%s is ours", async (name) => {
    expect(await ask(cloud, "GET", "/_hangar/health", { headers: { host: `${name}:${cloud.port}` } })).toMatchObject({
      status: 200,
    });
  });

  test("that signs with a key everybody knows is nobody, but for what a presigned URL of S3 is for", async () => {
    const host = new URL(cloud.endpoint).host;
    const form = { host, "content-type": "application/x-www-form-urlencoded" };
    const body = "Action=CreateUser&UserName=evil&Version=2010-05-08";
    const signer = { accessKeyId: "test", secretAccessKey: "test", region: "us-east-1", now: Date.now() };
    const iam = sign({ method: "POST", path: "/", query: "", headers: form, body }, { ...signer, service: "iam" });
    const post = async (extra: Record<string, string>): Promise<string> =>
      (await fetch(cloud.endpoint, { method: "POST", headers: { ...iam, ...extra }, body })).text();
    expect(await post({ origin: "https://evil.example" })).toContain("<Code>MissingAuthenticationToken</Code>");
    expect(await post({ origin: cloud.endpoint })).toContain("<UserName>evil</UserName>");
    const s3 = sign({ method: "GET", path: "/", query: "", headers: { host } }, { ...signer, service: "s3" });
    const listed = await ask(cloud, "GET", "/", { headers: { ...s3, origin: "http://localhost:3000" } });
    expect(listed.status).toBe(200);
  });
});
