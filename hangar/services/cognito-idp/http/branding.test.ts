// How hosted pages look: style and logo of a client or of all, set by an operation or a template; and what else a pool shows of itself.

import { X509Certificate } from "node:crypto";
import { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import { expect, test } from "vitest";
import { ref, stacksOf, type Resources } from "../../../cloud/test-stacks.ts";
import { failure, suiteOf } from "../engine/test-app.ts";
import { siteOf } from "./test-site.ts";

const { cloud, apps } = await suiteOf("cognito.branding", true);
const cognito = new CognitoIdentityProvider({ ...cloud.clientConfig(), maxAttempts: 1 });

const CSS = ".submitButton-customizable { background-color: teal; } .label-customizable:hover { color: red }";
const PNG = Buffer.from("89504e470d0a1a0a", "hex");
const refused = (message: string) => failure("InvalidParameterException", message);

test("a client's pages have its own style and logo, else those of all clients", async () => {
  const site = await siteOf(cloud, apps);
  const { UserPoolId, ClientId } = site;
  const all = await cognito.setUICustomization({ UserPoolId, CSS, ImageFile: PNG });
  expect(all.UICustomization).toMatchObject({
    UserPoolId,
    ClientId: "ALL",
    CSS,
    CSSVersion: expect.stringMatching(/^\d{14}$/) as string,
    ImageUrl: `http://${site.host}/assets/logo/ALL`,
  });
  expect((await cognito.getUICustomization({ UserPoolId, ClientId })).UICustomization).toEqual(all.UICustomization);
  const browser = site.browser();
  const pageOf = async () => (await browser.get((await browser.get(site.authorize())).location)).text;
  const page = await pageOf();
  expect(page).toContain(CSS);
  expect(page).toContain('src="/assets/logo/ALL"');
  const logo = await site.send("GET", "/assets/logo/ALL", {});
  expect([logo.status, logo.headers["content-type"]]).toEqual([200, "image/png"]);
  const own = ".label-customizable { color: navy }";
  await cognito.setUICustomization({ UserPoolId, ClientId, CSS: own });
  expect(await pageOf()).toContain(own);
  await cognito.setUICustomization({ UserPoolId, ClientId });
  expect(await pageOf()).toContain(CSS);
});

test("styles name AWS's classes alone, logos are images, and there must be pages", async () => {
  const { UserPoolId } = await siteOf(cloud, apps);
  const set = (more: object) => cognito.setUICustomization({ UserPoolId, ...more });
  await expect(set({ CSS: "body { color: red }" })).rejects.toEqual(refused("The CSS class body is not allowed."));
  await expect(set({ CSS: "</style><script>" })).rejects.toMatchObject({ name: "InvalidParameterException" });
  await expect(set({ ImageFile: Buffer.from("GIF89a") })).rejects.toEqual(
    refused("The image file must be a JPEG or PNG."),
  );
  const { UserPool } = await cognito.createUserPool({ PoolName: "bare" });
  await expect(cognito.setUICustomization({ UserPoolId: UserPool?.Id, CSS })).rejects.toEqual(
    refused("There has to be an existing domain associated with this user pool"),
  );
});

test("a template sets it, and takes it away", async () => {
  const at = stacksOf(cloud, {});
  const UserPoolId = ref("Pool");
  const resources = (style: string): Resources => ({
    Pool: { Type: "AWS::Cognito::UserPool", Properties: {} },
    Domain: { Type: "AWS::Cognito::UserPoolDomain", Properties: { UserPoolId, Domain: "branded" } },
    Client: { Type: "AWS::Cognito::UserPoolClient", Properties: { UserPoolId } },
    Look: {
      Type: "AWS::Cognito::UserPoolUICustomizationAttachment",
      DependsOn: "Domain",
      Properties: { UserPoolId, ClientId: ref("Client"), CSS: style },
    },
  });
  const outputs = { Pool: ref("Pool"), Client: ref("Client") };
  const { Pool = "", Client = "" } = await at.deploy("look", resources(CSS), outputs);
  const shown = async () =>
    (await cognito.getUICustomization({ UserPoolId: Pool, ClientId: Client })).UICustomization?.CSS;
  expect(await shown()).toBe(CSS);
  const other = ".label-customizable { color: navy }";
  await at.deploy("look", resources(other), outputs);
  expect(await shown()).toBe(other);
  const { Look: _gone, ...rest } = resources(other);
  await at.deploy("look", rest, outputs);
  expect(await shown()).toBeUndefined();
});

test("a pool shows its signing certificate, and the columns of files of its users", async () => {
  const { UserPool } = await cognito.createUserPool({
    PoolName: "columns",
    Schema: [{ Name: "tenant", AttributeDataType: "String" }],
  });
  const UserPoolId = UserPool?.Id;
  const { CSVHeader = [] } = await cognito.getCSVHeader({ UserPoolId });
  expect(CSVHeader.slice(-3)).toEqual(["custom:tenant", "cognito:mfa_enabled", "cognito:username"]);
  const { Certificate = "" } = await cognito.getSigningCertificate({ UserPoolId });
  expect(new X509Certificate(Buffer.from(Certificate, "base64")).subject).toBe(`CN=${UserPoolId}`);
  expect((await cognito.getSigningCertificate({ UserPoolId })).Certificate).toBe(Certificate);
});
