// The account: its alias, password policy and summaries, and its OpenID Connect providers, through the SDK.

import { IAM } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
let iam: IAM;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "iam-account" });
  iam = new IAM({ ...cloud.clientConfig(), maxAttempts: 1 });
});
afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

test("an account has one alias", async () => {
  await iam.createAccountAlias({ AccountAlias: "one" });
  await iam.createAccountAlias({ AccountAlias: "two" });
  expect((await iam.listAccountAliases({})).AccountAliases).toEqual(["two"]);
  await iam.deleteAccountAlias({ AccountAlias: "two" });
  expect((await iam.listAccountAliases({})).AccountAliases).toEqual([]);
});

test("a password policy is set, read and deleted", async () => {
  await expect(iam.getAccountPasswordPolicy({})).rejects.toMatchObject({ name: "NoSuchEntityException" });
  await iam.updateAccountPasswordPolicy({ MinimumPasswordLength: 12, RequireSymbols: true });
  expect((await iam.getAccountPasswordPolicy({})).PasswordPolicy).toMatchObject({
    MinimumPasswordLength: 12,
    RequireSymbols: true,
    RequireNumbers: false,
  });
  await iam.deleteAccountPasswordPolicy({});
  await expect(iam.getAccountPasswordPolicy({})).rejects.toMatchObject({ name: "NoSuchEntityException" });
});

test("the summary and the authorization details count and show what there is", async () => {
  await iam.createUser({ UserName: "counted" });
  expect((await iam.getAccountSummary({})).SummaryMap).toMatchObject({ Users: 1, UsersQuota: 5000 });
  const details = await iam.getAccountAuthorizationDetails({ Filter: ["User"] });
  expect(details.UserDetailList?.map((user) => user.UserName)).toEqual(["counted"]);
});

test("an OpenID Connect provider keeps its clients, thumbprints and tags", async () => {
  const { OpenIDConnectProviderArn } = await iam.createOpenIDConnectProvider({
    Url: "https://token.actions.githubusercontent.com",
    ClientIDList: ["sts.amazonaws.com"],
    ThumbprintList: ["9999999999999999999999999999999999999999"],
  });
  expect(OpenIDConnectProviderArn).toBe("arn:aws:iam::000000000000:oidc-provider/token.actions.githubusercontent.com");
  await iam.addClientIDToOpenIDConnectProvider({ OpenIDConnectProviderArn, ClientID: "second" });
  await iam.removeClientIDFromOpenIDConnectProvider({ OpenIDConnectProviderArn, ClientID: "sts.amazonaws.com" });
  const thumbprint = "1111111111111111111111111111111111111111";
  await iam.updateOpenIDConnectProviderThumbprint({ OpenIDConnectProviderArn, ThumbprintList: [thumbprint] });
  expect(await iam.getOpenIDConnectProvider({ OpenIDConnectProviderArn })).toMatchObject({
    Url: "token.actions.githubusercontent.com",
    ClientIDList: ["second"],
    ThumbprintList: [thumbprint],
  });
  await iam.tagOpenIDConnectProvider({ OpenIDConnectProviderArn, Tags: [{ Key: "k", Value: "v" }] });
  expect((await iam.listOpenIDConnectProviderTags({ OpenIDConnectProviderArn })).Tags).toEqual([
    { Key: "k", Value: "v" },
  ]);
  await iam.untagOpenIDConnectProvider({ OpenIDConnectProviderArn, TagKeys: ["k"] });
  expect((await iam.listOpenIDConnectProviders({})).OpenIDConnectProviderList).toEqual([
    { Arn: OpenIDConnectProviderArn },
  ]);
  await iam.deleteOpenIDConnectProvider({ OpenIDConnectProviderArn });
  await expect(iam.getOpenIDConnectProvider({ OpenIDConnectProviderArn })).rejects.toMatchObject({
    name: "NoSuchEntityException",
  });
});
