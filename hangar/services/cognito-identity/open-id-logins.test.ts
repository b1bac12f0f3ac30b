// Logins of identity pools by OpenID Connect providers that IAM knows.

import type { CognitoIdentity } from "@aws-sdk/client-cognito-identity";
import { IAM } from "@aws-sdk/client-iam";
import { STS } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startIssuer, type TestIssuer } from "../../gateway/test-issuer.ts";
import { startCloud, type RunningCloud } from "../../index.ts";
import { failure, poolsOf, type Pools } from "./engine/test-pool.ts";

let cloud: RunningCloud;
let pools: Pools;
let identity: CognitoIdentity;
let outside: TestIssuer;
let arn: string;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "cognito.open-id" });
  pools = poolsOf(cloud);
  identity = pools.unsigned;
  outside = await startIssuer();
  arn = `arn:aws:iam::000000000000:oidc-provider/${outside.name}`;
});

afterAll(async () => {
  outside.close();
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const soon = () => Math.floor(cloud.clock.now() / 1000) + 600;
const refused = (message: string) => failure("NotAuthorizedException", `Invalid login token. ${message}`);

test("a token of the provider brings the identity and its role, also by rules over its claims", async () => {
  const { IdentityPoolId, users, guests } = await pools.make({ OpenIdConnectProviderARNs: [arn] });
  const good = { sub: "u1", aud: "app", exp: soon(), department: "tower" };
  const getId = (claims: object, forged?: boolean) =>
    identity.getId({ IdentityPoolId, Logins: { [outside.name]: outside.token(claims, forged) } });
  await expect(getId(good)).rejects.toEqual(
    refused(`No OpenIDConnect provider found in your account for ${outside.issuer}`),
  );
  await new IAM(cloud.clientConfig()).createOpenIDConnectProvider({ Url: outside.issuer, ClientIDList: ["app"] });
  const { IdentityId } = await getId(good);
  expect((await getId({ ...good, aud: ["other", "app"] })).IdentityId).toBe(IdentityId);
  expect((await getId({ ...good, sub: "u2" })).IdentityId).not.toBe(IdentityId);
  await expect(getId({ ...good, aud: "other" })).rejects.toEqual(refused("Incorrect token audience."));
  await expect(getId(good, true)).rejects.toEqual(refused("Couldn't verify signed token."));
  await expect(getId({ ...good, exp: 1 })).rejects.toMatchObject({
    message: expect.stringContaining("Token expired: 1 >= ") as string,
  });
  await expect(getId({ ...good, iss: "https://other.example" })).rejects.toEqual(
    refused("Issuer doesn't match providerName"),
  );

  const Logins = { [outside.name]: outside.token(good) };
  const nameOf = async (): Promise<string | undefined> => {
    const { Credentials } = await identity.getCredentialsForIdentity({ IdentityId, Logins });
    return (await new STS(pools.signedBy(Credentials)).getCallerIdentity({})).Arn?.split("/")[1];
  };
  expect(await nameOf()).toBe(users.split("/")[1]);
  const rule = { Claim: "department", MatchType: "Equals" as const, Value: "tower", RoleARN: guests };
  await pools.signed.setIdentityPoolRoles({
    IdentityPoolId,
    Roles: { authenticated: users },
    RoleMappings: {
      [arn]: { Type: "Rules", AmbiguousRoleResolution: "Deny", RulesConfiguration: { Rules: [rule] } },
    },
  });
  expect(await nameOf()).toBe(guests.split("/")[1]);
});
