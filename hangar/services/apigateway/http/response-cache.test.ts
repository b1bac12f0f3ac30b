// Answers that a stage's cache gives again.

import { FlushStageCacheCommand, UpdateStageCommand, type PatchOperation } from "@aws-sdk/client-api-gateway";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  addRoutes,
  callApi,
  deploy,
  makeApi,
  makeFunction,
  makeKeys,
  proxyTo,
  signedCall,
  startApiCloud,
  type ApiCloud,
} from "./test-api.ts";

let at: ApiCloud;
let restApiId: string;

/** Each answer has a number of its own. */
const COUNTING = `
  globalThis.count = (globalThis.count ?? 0) + 1;
  const statusCode = Number(event.queryStringParameters?.status ?? 200);
  const size = Number(event.queryStringParameters?.size ?? 0);
  return { statusCode, headers: { "x-count": String(globalThis.count) }, body: "x".repeat(size) };`;

beforeAll(async () => {
  at = await startApiCloud("apigateway-cache");
  restApiId = await makeApi(at);
  const counting = await makeFunction(at, "counting", COUNTING);
  const keyed = proxyTo(counting, { requestParameters: { "method.request.querystring.q": false } });
  await addRoutes(at, restApiId, {
    "GET /one": proxyTo(counting),
    "POST /one": proxyTo(counting),
    "GET /keyed": {
      ...keyed,
      integration: { ...keyed.integration, cacheKeyParameters: ["method.request.querystring.q"] },
    },
    "GET /signed": proxyTo(counting, { authorizationType: "AWS_IAM" }),
    "GET /needs": proxyTo(counting, { requestParameters: { "method.request.querystring.q": true } }),
  });
  await deploy(at, restApiId);
});

afterAll(() => at.cloud.close());

beforeEach(async () => {
  await update(["/cacheClusterEnabled", "false"]);
  await update(["/cacheClusterEnabled", "true"], ["/*/*/caching/enabled", "true"], ["/*/*/caching/ttlInSeconds", "60"]);
});

const update = (...patches: (readonly [string, string])[]) =>
  at.gateway.send(
    new UpdateStageCommand({
      restApiId,
      stageName: "live",
      patchOperations: patches.map(([path, value]): PatchOperation => ({ op: "replace", path, value })),
    }),
  );

/** The number of the answer. */
async function ask(route: string, headers: Readonly<Record<string, string>> = {}): Promise<number> {
  const reply = await callApi(at, restApiId, route, { headers });
  return Number(reply.headers["x-count"]);
}

describe("a stage's cache", () => {
  test("gives a GET's answer again until its time to live is over", async () => {
    const first = await ask("GET /live/one");
    expect(await ask("GET /live/one")).toBe(first);
    await at.cloud.clock.advance("59 seconds");
    expect(await ask("GET /live/one")).toBe(first);
    await at.cloud.clock.advance("1 second");
    expect(await ask("GET /live/one")).toBe(first + 1);
  });

  test("takes all requests of a method for one, but for its cache keys", async () => {
    const first = await ask("GET /live/one?q=1");
    expect(await ask("GET /live/one?q=2")).toBe(first);
    const [one, two] = [await ask("GET /live/keyed?q=1"), await ask("GET /live/keyed?q=2")];
    expect(two).not.toBe(one);
    expect([await ask("GET /live/keyed?q=1&other=3"), await ask("GET /live/keyed?q=2")]).toEqual([one, two]);
  });

  test("is not for other methods until their own settings say so", async () => {
    const first = await ask("POST /live/one");
    expect(await ask("POST /live/one")).toBe(first + 1);
    await update(["/~1one/POST/caching/enabled", "true"]);
    const kept = await ask("POST /live/one");
    expect(await ask("POST /live/one")).toBe(kept);
  });

  test("keeps answers of any status, and none of more than a megabyte", async () => {
    expect((await callApi(at, restApiId, "GET /live/one?status=429")).status).toBe(429);
    expect((await callApi(at, restApiId, "GET /live/one")).status).toBe(429);
    const first = await ask("GET /live/keyed?size=1048577");
    expect(await ask("GET /live/keyed?size=1048577")).toBe(first + 1);
  });

  test("is asked after the request was checked", async () => {
    await ask("GET /live/needs?q=1");
    expect((await callApi(at, restApiId, "GET /live/needs")).status).toBe(200);
    const unsigned = await callApi(at, restApiId, "GET /live/signed");
    expect(unsigned).toMatchObject({ status: 403, json: { message: "Missing Authentication Token" } });
  });

  test("is empty after FlushStageCache, and where it is off there is none", async () => {
    const first = await ask("GET /live/one");
    await at.gateway.send(new FlushStageCacheCommand({ restApiId, stageName: "live" }));
    expect(await ask("GET /live/one")).toBe(first + 1);
    await update(["/cacheClusterEnabled", "false"]);
    expect(await ask("GET /live/one")).toBe(first + 2);
    await expect(at.gateway.send(new FlushStageCacheCommand({ restApiId, stageName: "other" }))).rejects.toMatchObject({
      name: "NotFoundException",
    });
  });
});

describe("Cache-Control: max-age=0", () => {
  const anew = { "cache-control": "max-age=0" };

  test("of a caller who may not is ignored with a warning, silently, or refused", async () => {
    const first = await ask("GET /live/one");
    const warned = await callApi(at, restApiId, "GET /live/one", { headers: anew });
    expect([Number(warned.headers["x-count"]), warned.headers["warning"]]).toEqual([
      first,
      "199 Cache-control headers were ignored because the caller was unauthorized.",
    ]);
    const strategy = "/*/*/caching/unauthorizedCacheControlHeaderStrategy";
    await update([strategy, "SUCCEED_WITHOUT_RESPONSE_HEADER"]);
    const silent = await callApi(at, restApiId, "GET /live/one", { headers: anew });
    expect([Number(silent.headers["x-count"]), silent.headers["warning"]]).toEqual([first, undefined]);
    await update([strategy, "FAIL_WITH_403"]);
    expect((await callApi(at, restApiId, "GET /live/one", { headers: anew })).status).toBe(403);
    await update([strategy, "SUCCEED_WITH_RESPONSE_HEADER"]);
  });

  test("asks the integration where no authorization is needed, and keeps what it says", async () => {
    const setting = "/*/*/caching/requireAuthorizationForCacheControl";
    await update([setting, "false"]);
    const first = await ask("GET /live/one");
    expect(await ask("GET /live/one", anew)).toBe(first + 1);
    expect(await ask("GET /live/one")).toBe(first + 1);
    await update([setting, "true"]);
  });

  test("is obeyed for a signed caller who may invalidate the cache", async () => {
    const arn = `arn:aws:execute-api:us-east-1:000000000000:${restApiId}/live/GET/signed`;
    const may = await makeKeys(at, "may", ["execute-api:Invoke", "execute-api:InvalidateCache"], arn);
    const mayNot = await makeKeys(at, "may-not", ["execute-api:Invoke"], arn);
    const countOf = async (keys: typeof may, headers = {}): Promise<number> =>
      Number((await signedCall(at, keys, { id: restApiId, path: "/live/signed", headers })).headers["x-count"]);
    const first = await countOf(mayNot);
    expect(await countOf(mayNot, anew)).toBe(first);
    expect(await countOf(may, anew)).toBe(first + 1);
    expect(await countOf(mayNot)).toBe(first + 1);
  });
});
