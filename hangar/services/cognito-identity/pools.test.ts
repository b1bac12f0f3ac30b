// Identity pools as their owner sees them: settings, roles, tags, lists, and who may change them.

import { CognitoIdentity } from "@aws-sdk/client-cognito-identity";
import { IAM } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";
import { failure, poolsOf, type Pools } from "./engine/test-pool.ts";

let cloud: RunningCloud;
let pools: Pools;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "cognito.identity.pools" });
  pools = poolsOf(cloud);
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

test("an update leaves nothing of what it does not name, but tags and the developer's name", async () => {
  const { signed } = pools;
  const { IdentityPoolId = "" } = await signed.createIdentityPool({
    IdentityPoolName: "first",
    AllowUnauthenticatedIdentities: true,
    AllowClassicFlow: true,
    DeveloperProviderName: "login.my.app",
    SupportedLoginProviders: { "graph.facebook.com": "1" },
    IdentityPoolTags: { a: "1" },
  });
  const named = { IdentityPoolId, IdentityPoolName: "second", AllowUnauthenticatedIdentities: false };
  const { $metadata: _facts, ...updated } = await signed.updateIdentityPool(named);
  expect(updated).toEqual({ ...named, DeveloperProviderName: "login.my.app", IdentityPoolTags: { a: "1" } });
  await expect(signed.updateIdentityPool({ ...named, DeveloperProviderName: "other" })).rejects.toMatchObject({
    name: "InvalidParameterException",
  });
  const { IdentityPools = [] } = await signed.listIdentityPools({ MaxResults: 60 });
  expect(IdentityPools).toContainEqual({ IdentityPoolId, IdentityPoolName: "second" });
  await signed.deleteIdentityPool({ IdentityPoolId });
  await expect(signed.deleteIdentityPool({ IdentityPoolId })).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
});

test("tags are put on and taken off by ARN", async () => {
  const { IdentityPoolId } = await pools.make();
  const ResourceArn = `arn:aws:cognito-identity:us-east-1:000000000000:identitypool/${IdentityPoolId}`;
  await pools.signed.tagResource({ ResourceArn, Tags: { a: "1", b: "2" } });
  await pools.signed.untagResource({ ResourceArn, TagKeys: ["a"] });
  expect((await pools.signed.listTagsForResource({ ResourceArn })).Tags).toEqual({ b: "2" });
});

test("identities are listed page by page, and removed", async () => {
  const { IdentityPoolId } = await pools.make({ AllowUnauthenticatedIdentities: true });
  const made = await Promise.all(
    [1, 2, 3].map(async () => (await pools.unsigned.getId({ IdentityPoolId })).IdentityId),
  );
  const first = await pools.signed.listIdentities({ IdentityPoolId, MaxResults: 2 });
  const second = await pools.signed.listIdentities({ IdentityPoolId, MaxResults: 2, NextToken: first.NextToken });
  const listed = [...(first.Identities ?? []), ...(second.Identities ?? [])].map((each) => each.IdentityId);
  expect([new Set(listed), second.NextToken]).toEqual([new Set(made), undefined]);
  const [gone = ""] = made;
  await pools.signed.deleteIdentities({ IdentityIdsToDelete: [gone] });
  await expect(pools.signed.describeIdentity({ IdentityId: gone })).rejects.toEqual(
    failure("ResourceNotFoundException", `Identity '${gone}' not found.`),
  );
});

test("a login that is taken off an identity stands for another", async () => {
  const { IdentityPoolId, Logins } = await pools.withUsers();
  const { IdentityId = "" } = await pools.unsigned.getId({ IdentityPoolId, Logins });
  await pools.unsigned.unlinkIdentity({ IdentityId, Logins, LoginsToRemove: Object.keys(Logins) });
  expect((await pools.unsigned.getId({ IdentityPoolId, Logins })).IdentityId).not.toBe(IdentityId);
});

test("who sets a pool's roles must be allowed to pass them", async () => {
  const { IdentityPoolId, users } = await pools.make();
  const iam = new IAM(cloud.clientConfig());
  await iam.createUser({ UserName: "eve" });
  const Statement = { Effect: "Allow", Action: "cognito-identity:*", Resource: "*" };
  await iam.putUserPolicy({ UserName: "eve", PolicyName: "p", PolicyDocument: JSON.stringify({ Statement }) });
  const { AccessKey } = await iam.createAccessKey({ UserName: "eve" });
  const eve = new CognitoIdentity(
    pools.signedBy({ AccessKeyId: AccessKey?.AccessKeyId, SecretKey: AccessKey?.SecretAccessKey }),
  );
  await expect(eve.setIdentityPoolRoles({ IdentityPoolId, Roles: { authenticated: users } })).rejects.toThrow(
    `is not authorized to perform: iam:PassRole on resource: ${users}`,
  );
});
