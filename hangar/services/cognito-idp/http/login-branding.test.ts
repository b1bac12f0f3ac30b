// Managed login: styles of app clients, set by operations or a template, and pages that are there with a style alone.

import { CloudControl } from "@aws-sdk/client-cloudcontrol";
import { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import { expect, test } from "vitest";
import { attribute, ref, stacksOf, type Resources } from "../../../cloud/test-stacks.ts";
import { suiteOf } from "../engine/test-app.ts";
import { siteOf } from "./test-site.ts";

const { cloud, apps } = await suiteOf("cognito.login-branding", true);
const cognito = new CognitoIdentityProvider({ ...cloud.clientConfig(), maxAttempts: 1 });

const Settings = { categories: { form: { displayGraphics: true } } };
const PNG = Buffer.from("89504e470d0a1a0a", "hex");
const Assets = [{ Category: "FORM_LOGO" as const, ColorMode: "LIGHT" as const, Extension: "PNG" as const, Bytes: PNG }];

test("a client has one style, which is shown, changed and taken away", async () => {
  const { UserPoolId, ClientId } = await apps.empty();
  const { ManagedLoginBranding: made } = await cognito.createManagedLoginBranding({
    UserPoolId,
    ClientId,
    UseCognitoProvidedValues: true,
  });
  const { ManagedLoginBrandingId } = made ?? {};
  expect(made).toEqual({
    ManagedLoginBrandingId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-/) as string,
    UserPoolId,
    UseCognitoProvidedValues: true,
    Assets: [],
    CreationDate: expect.any(Date) as Date,
    LastModifiedDate: expect.any(Date) as Date,
  });
  await expect(cognito.createManagedLoginBranding({ UserPoolId, ClientId, Settings })).rejects.toMatchObject({
    name: "ManagedLoginBrandingExistsException",
  });
  await cognito.updateManagedLoginBranding({ UserPoolId, ManagedLoginBrandingId, Settings });
  await cognito.updateManagedLoginBranding({ UserPoolId, ManagedLoginBrandingId, Assets });
  const shown = await cognito.describeManagedLoginBranding({ UserPoolId, ManagedLoginBrandingId });
  expect(shown.ManagedLoginBranding).toMatchObject({ UseCognitoProvidedValues: false, Settings });
  expect(shown.ManagedLoginBranding?.Assets?.map(({ Bytes = [] }) => Buffer.from(Bytes))).toEqual([PNG]);
  const byClient = await cognito.describeManagedLoginBrandingByClient({ UserPoolId, ClientId });
  expect(byClient.ManagedLoginBranding).toEqual(shown.ManagedLoginBranding);
  const both = { UserPoolId, ManagedLoginBrandingId, UseCognitoProvidedValues: true, Settings };
  await expect(cognito.updateManagedLoginBranding(both)).rejects.toMatchObject({ name: "InvalidParameterException" });
  await expect(
    cognito.describeManagedLoginBranding({ UserPoolId, ManagedLoginBrandingId, ReturnMergedResources: true }),
  ).rejects.toMatchObject({ name: "NotEmulated" });
  await cognito.deleteManagedLoginBranding({ UserPoolId, ManagedLoginBrandingId });
  await expect(cognito.describeManagedLoginBrandingByClient({ UserPoolId, ClientId })).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
});

test("a client without a style has no pages at a domain of managed login", async () => {
  const site = await siteOf(cloud, apps);
  const { UserPoolId, ClientId, host } = site;
  const Domain = host.split(".")[0];
  await cognito.updateUserPoolDomain({ UserPoolId, Domain, ManagedLoginVersion: 2 });
  const page = async (): Promise<number> => (await site.send("GET", `/login?client_id=${ClientId}`, {})).status;
  const signUp = await site.send("GET", `/signup?client_id=${ClientId}`, {});
  expect([await page(), signUp.status]).toEqual([403, 403]);
  await cognito.createManagedLoginBranding({ UserPoolId, ClientId, UseCognitoProvidedValues: true });
  expect(await page()).not.toBe(403);
});

test("a template sets a style, changes it and takes it away", async () => {
  const at = stacksOf(cloud, {});
  const UserPoolId = ref("Pool");
  const resources = (style: object): Resources => ({
    Pool: { Type: "AWS::Cognito::UserPool" },
    Client: { Type: "AWS::Cognito::UserPoolClient", Properties: { UserPoolId } },
    Style: {
      Type: "AWS::Cognito::ManagedLoginBranding",
      Properties: { UserPoolId, ClientId: ref("Client"), ...style },
    },
  });
  const outputs = {
    Pool: ref("Pool"),
    Client: ref("Client"),
    Style: ref("Style"),
    Id: attribute("Style", "ManagedLoginBrandingId"),
  };
  const made = await at.deploy("style", resources({ UseCognitoProvidedValues: true }), outputs);
  const place = { UserPoolId: made["Pool"] ?? "", ClientId: made["Client"] ?? "" };
  expect(made["Style"]).toBe(`${place.UserPoolId}|${made["Id"] ?? ""}`);
  const Bytes = PNG.toString("base64");
  const own = { Settings, Assets: [{ Category: "FORM_LOGO", ColorMode: "LIGHT", Extension: "PNG", Bytes }] };
  expect(await at.deploy("style", resources(own), outputs)).toEqual(made);
  const { ManagedLoginBranding: shown } = await cognito.describeManagedLoginBrandingByClient(place);
  expect(shown).toMatchObject({ ManagedLoginBrandingId: made["Id"], UseCognitoProvidedValues: false, Settings });
  const control = new CloudControl(cloud.clientConfig());
  const TypeName = "AWS::Cognito::ManagedLoginBranding";
  const { ResourceDescription } = await control.getResource({ TypeName, Identifier: made["Style"] });
  expect(JSON.parse(ResourceDescription?.Properties ?? "")).toMatchObject(own);
  await at.destroy("style");
  await expect(cognito.describeUserPool(place)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});
