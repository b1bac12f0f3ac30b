// External identity providers of a pool: kept, shown, changed, and refused where they cannot be.

import {
  CognitoIdentityProvider,
  type CreateIdentityProviderCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { beforeEach, expect, test } from "vitest";
import { failure, suiteOf } from "./engine/test-app.ts";

const { cloud } = await suiteOf("cognito.providers");
cloud.clock.hold();
const cognito = new CognitoIdentityProvider({ ...cloud.clientConfig(), maxAttempts: 1 });
let UserPoolId: string;

beforeEach(async () => {
  UserPoolId = (await cognito.createUserPool({ PoolName: "people" })).UserPool?.Id ?? "";
});

const DETAILS = {
  client_id: "app",
  client_secret: "secret",
  attributes_request_method: "GET",
  oidc_issuer: "https://issuer.example",
  authorize_scopes: "openid",
};

const create = (more: Partial<CreateIdentityProviderCommandInput> = {}) =>
  cognito.createIdentityProvider({
    UserPoolId,
    ProviderName: "Mine",
    ProviderType: "OIDC",
    ProviderDetails: DETAILS,
    ...more,
  });

test("a provider is shown with AWS's defaults, changed, listed and deleted", async () => {
  const { IdentityProvider } = await create({ AttributeMapping: { email: "mail" }, IdpIdentifiers: ["mine.example"] });
  const now = new Date(cloud.clock.now());
  expect(IdentityProvider).toEqual({
    UserPoolId,
    ProviderName: "Mine",
    ProviderType: "OIDC",
    ProviderDetails: { ...DETAILS, attributes_url_add_attributes: "false" },
    AttributeMapping: { email: "mail", username: "sub" },
    IdpIdentifiers: ["mine.example"],
    LastModifiedDate: now,
    CreationDate: now,
  });
  const named = { UserPoolId, ProviderName: "Mine" };
  expect((await cognito.describeIdentityProvider(named)).IdentityProvider).toEqual(IdentityProvider);
  const found = await cognito.getIdentityProviderByIdentifier({ UserPoolId, IdpIdentifier: "mine.example" });
  expect(found.IdentityProvider).toEqual(IdentityProvider);
  const changed = await cognito.updateIdentityProvider({
    ...named,
    ProviderDetails: { authorize_scopes: "openid email" },
  });
  expect(changed.IdentityProvider?.ProviderDetails).toMatchObject({
    client_id: "app",
    authorize_scopes: "openid email",
  });
  expect(changed.IdentityProvider?.AttributeMapping).toEqual(IdentityProvider?.AttributeMapping);
  expect((await cognito.listIdentityProviders({ UserPoolId })).Providers).toEqual([
    { ProviderName: "Mine", ProviderType: "OIDC", LastModifiedDate: now, CreationDate: now },
  ]);
  await cognito.deleteIdentityProvider(named);
  const gone = failure("ResourceNotFoundException", "Identity provider Mine does not exist.");
  await expect(cognito.describeIdentityProvider(named)).rejects.toEqual(gone);
});

test("Google's provider is kept with the addresses that AWS knows; nobody signs in through it here", async () => {
  const ProviderDetails = { client_id: "app", client_secret: "secret", authorize_scopes: "email" };
  const { IdentityProvider } = await create({ ProviderName: "Google", ProviderType: "Google", ProviderDetails });
  expect(IdentityProvider?.ProviderDetails).toMatchObject({
    ...ProviderDetails,
    authorize_url: "https://accounts.google.com/o/oauth2/v2/auth",
    oidc_issuer: "https://accounts.google.com",
  });
});

const refused = (message: string) => failure("InvalidParameterException", message);

test("a provider that cannot be is refused", async () => {
  await expect(create({ ProviderName: "Google" })).rejects.toEqual(refused("Provider Google cannot be of type OIDC."));
  await expect(create({ AttributeMapping: { "custom:none": "x" } })).rejects.toEqual(
    refused("Attribute custom:none in AttributeMapping does not exist."),
  );
  const { client_id: _id, ...rest } = DETAILS;
  await expect(create({ ProviderDetails: rest })).rejects.toEqual(
    refused("client_id is a required parameter of ProviderDetails"),
  );
  await expect(create({ ProviderDetails: { ...DETAILS, oidc_issuer: "http://issuer.example" } })).rejects.toMatchObject(
    {
      name: "InvalidParameterException",
    },
  );
  await expect(create({ ProviderName: "Saml", ProviderType: "SAML" })).rejects.toMatchObject({ name: "NotEmulated" });
  await create({ IdpIdentifiers: ["mine.example"] });
  await expect(create()).rejects.toMatchObject({ name: "DuplicateProviderException" });
  await expect(create({ ProviderName: "Second", IdpIdentifiers: ["mine.example"] })).rejects.toMatchObject({
    name: "DuplicateProviderException",
  });
});

test("an app client has only providers of its pool", async () => {
  const client = { UserPoolId, ClientName: "web", SupportedIdentityProviders: ["COGNITO", "Mine"] };
  await expect(cognito.createUserPoolClient(client)).rejects.toEqual(
    refused(`The provider Mine does not exist for User Pool ${UserPoolId}.`),
  );
  await create();
  const { UserPoolClient } = await cognito.createUserPoolClient(client);
  expect(UserPoolClient?.SupportedIdentityProviders).toEqual(["COGNITO", "Mine"]);
});
