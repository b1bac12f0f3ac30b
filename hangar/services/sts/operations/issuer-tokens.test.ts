// AssumeRoleWithWebIdentity with tokens of an issuer outside of the cloud, whose keys are found by discovery.

import { IAM } from "@aws-sdk/client-iam";
import { STS } from "@aws-sdk/client-sts";
import { expect, test } from "vitest";
import { startIssuer } from "../../../gateway/test-issuer.ts";
import { startCloud } from "../../../index.ts";

test("a token is believed by the keys that its issuer publishes", async () => {
  await using cloud = await startCloud({ listen: false, seed: "sts.issuer" });
  const outside = await startIssuer();
  try {
    const iam = new IAM(cloud.clientConfig());
    await iam.createOpenIDConnectProvider({ Url: outside.issuer, ClientIDList: ["app"] });
    const Federated = `arn:aws:iam::000000000000:oidc-provider/${outside.name}`;
    const Statement = { Effect: "Allow", Principal: { Federated }, Action: "sts:AssumeRoleWithWebIdentity" };
    const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
    const { Role } = await iam.createRole({ RoleName: "web", AssumeRolePolicyDocument });
    const sts = new STS({ ...cloud.clientConfig(), maxAttempts: 1, signer: { sign: async (each: never) => each } });
    const assume = (WebIdentityToken: string) =>
      sts.assumeRoleWithWebIdentity({ RoleArn: Role?.Arn, RoleSessionName: "ci", WebIdentityToken });
    const claims = { sub: "repo:hangar", aud: "app", exp: Math.floor(cloud.clock.now() / 1000) + 600 };
    expect(await assume(outside.token(claims))).toMatchObject({
      SubjectFromWebIdentityToken: "repo:hangar",
      Provider: Federated,
      Audience: "app",
    });
    await expect(assume(outside.token(claims, true))).rejects.toMatchObject({ name: "InvalidIdentityTokenException" });
  } finally {
    outside.close();
  }
  expect(cloud.bugs).toEqual([]);
});
