// What other services are told of tokens: whose they are, and by which keys they are proved.

import { afterAll, beforeAll, expect, test } from "vitest";
import { houseRequest, rootOf } from "../../cloud/call.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { CallContext } from "../../cloud/context.ts";
import { openCloud } from "../../index.ts";
import type { UserPoolsPort } from "../../ports/user-pools.ts";
import { appsOf, claimsOf, type Apps } from "./engine/test-app.ts";

let cloud: Cloud;
let close: () => Promise<void>;
let apps: Apps;
let port: UserPoolsPort;

beforeAll(async () => {
  ({ cloud, close } = await openCloud({ port: 0, seed: "cognito.port" }));
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const clientConfig = (): object => ({ endpoint: cloud.origin, region: "us-east-1", credentials });
  apps = appsOf({ clientConfig } as unknown as Parameters<typeof appsOf>[0]);
  const service = await cloud.load("sqs");
  const { account, region, world } = cloud;
  const facts = { world, operation: "test", account, region, caller: rootOf(account), request: houseRequest(cloud) };
  const span = world.trace.begin("call", "test", undefined);
  port = new CallContext(cloud, service, facts, span).ports.userPools;
});

afterAll(() => close());

test("a token is its pool's own, signed, and not over", async () => {
  const to = await apps.make();
  const { AccessToken = "", IdToken = "" } = await apps.tokens(to);
  const arn = `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${to.UserPoolId}`;
  expect(await port.verify(IdToken, [arn])).toEqual({ use: "id", pool: arn, claims: claimsOf(IdToken), scopes: [] });
  expect(
    await port.verify(AccessToken, ["arn:aws:cognito-idp:us-east-1:000000000000:userpool/other", arn]),
  ).toMatchObject({
    use: "access",
    scopes: ["aws.cognito.signin.user.admin"],
  });
  expect(await port.verify(IdToken, [arn.replace(to.UserPoolId, "us-east-1_other")])).toBeUndefined();
  expect(await port.verify(`${IdToken.slice(0, -8)}AAAAAAAA`, [arn])).toBeUndefined();
  expect(await port.verify("no token", [arn])).toBeUndefined();
  await cloud.world.advance("61 minutes");
  expect(await port.verify(IdToken, [arn])).toBe("expired");
});

test("keys are found by the issuer that tokens name", async () => {
  const to = await apps.make();
  const { IdToken = "" } = await apps.tokens(to);
  const { kid } = JSON.parse(Buffer.from(IdToken.split(".")[0] ?? "", "base64url").toString()) as { kid: string };
  const found = await port.keySet(String(claimsOf(IdToken)["iss"]));
  expect(found?.keys.map((key) => key["kid"])).toContain(kid);
  expect(await port.keySet("https://cognito-idp.us-east-1.amazonaws.com/us-east-1_other")).toBeUndefined();
  expect(await port.keySet("https://example.com/")).toBeUndefined();
});
