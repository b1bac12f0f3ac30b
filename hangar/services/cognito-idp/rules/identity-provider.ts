// An external identity provider of a pool: the row, what it may say, and how it is shown.
// https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-identity-federation.html

import type { CreateIdentityProviderInput, IdentityProviderType } from "../../../models/cognito-idp.d.ts";
import { invalidParameter, notEmulated } from "../errors.ts";
import type { PoolRow } from "../store.ts";

type Texts = Readonly<Record<string, string>>;

export type IdentityProviderRow = {
  readonly name: string;
  readonly type: string;
  readonly details: Texts;
  readonly mapping: Texts;
  readonly identifiers: readonly string[];
  readonly created: number;
  readonly modified: number;
};

export type ProviderSettings = Pick<
  CreateIdentityProviderInput,
  "ProviderDetails" | "AttributeMapping" | "IdpIdentifiers" | "AcrMapping"
>;

const NEEDED: Readonly<Record<string, readonly string[]>> = {
  OIDC: ["client_id", "attributes_request_method", "oidc_issuer", "authorize_scopes"],
  Google: ["client_id", "client_secret", "authorize_scopes"],
  Facebook: ["client_id", "client_secret", "authorize_scopes"],
  LoginWithAmazon: ["client_id", "client_secret", "authorize_scopes"],
  SignInWithApple: ["client_id", "team_id", "key_id", "authorize_scopes"],
};

/** What AWS says of the addresses of providers that it knows by itself. */
const KNOWN: Readonly<Record<string, Texts>> = {
  OIDC: { attributes_url_add_attributes: "false" },
  Google: {
    attributes_url: "https://people.googleapis.com/v1/people/me?personFields=",
    attributes_url_add_attributes: "true",
    authorize_url: "https://accounts.google.com/o/oauth2/v2/auth",
    oidc_issuer: "https://accounts.google.com",
    token_request_method: "POST",
    token_url: "https://www.googleapis.com/oauth2/v4/token",
  },
  Facebook: {
    api_version: "v17.0",
    attributes_url: "https://graph.facebook.com/v17.0/me?fields=",
    attributes_url_add_attributes: "true",
    authorize_url: "https://www.facebook.com/v17.0/dialog/oauth",
    token_request_method: "GET",
    token_url: "https://graph.facebook.com/v17.0/oauth/access_token",
  },
  LoginWithAmazon: {
    attributes_url: "https://api.amazon.com/user/profile",
    attributes_url_add_attributes: "false",
    authorize_url: "https://www.amazon.com/ap/oa",
    token_request_method: "POST",
    token_url: "https://api.amazon.com/auth/o2/token",
  },
  SignInWithApple: {
    attributes_url_add_attributes: "false",
    authorize_url: "https://appleid.apple.com/auth/authorize",
    oidc_issuer: "https://appleid.apple.com",
    token_request_method: "POST",
    token_url: "https://appleid.apple.com/auth/token",
  },
};

/** The claim that names the user, where the mapping does not say. */
const SUBJECT: Readonly<Record<string, string>> = { Facebook: "id", LoginWithAmazon: "user_id" };

export function checkedProvider(
  pool: PoolRow,
  { name, type }: Pick<IdentityProviderRow, "name" | "type">,
  settings: ProviderSettings,
): Pick<IdentityProviderRow, "details" | "mapping" | "identifiers"> {
  if (type === "SAML") throw notEmulated("identity providers that speak SAML");
  if (Object.keys(settings.AcrMapping ?? {}).length > 0) throw notEmulated("AcrMapping of identity providers");
  if ((type === "OIDC") === Object.hasOwn(NEEDED, name) || (type !== "OIDC" && type !== name))
    throw invalidParameter(`Provider ${name} cannot be of type ${type}.`);
  const given = settings.ProviderDetails;
  const missing = (NEEDED[type] ?? []).find((each) => (given[each] ?? "") === "");
  if (missing !== undefined) throw invalidParameter(`${missing} is a required parameter of ProviderDetails`);
  if (type === "OIDC") checkOidc(given);
  const mapping = { username: SUBJECT[type] ?? "sub", ...settings.AttributeMapping };
  checkMapping(pool, mapping);
  return { details: { ...KNOWN[type], ...given }, mapping, identifiers: settings.IdpIdentifiers ?? [] };
}

function checkOidc({ oidc_issuer: issuer = "", attributes_request_method: method = "" }: Texts): void {
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined;
  const local = url !== undefined && /^(localhost|127\.0\.0\.1|\[::1\]|.+\.localhost)$/.test(url.hostname);
  if (url?.protocol !== "https:" && !(local && url.protocol === "http:"))
    throw invalidParameter(`oidc_issuer ${issuer} is not a valid URL. It must begin with https.`);
  if (method !== "GET" && method !== "POST")
    throw invalidParameter("attributes_request_method must be either GET or POST");
}

function checkMapping({ schema }: PoolRow, mapping: Texts): void {
  const known = new Set(schema.map(({ Name = "" }) => Name));
  const unknown = Object.keys(mapping).find((name) => name !== "username" && !known.has(name));
  if (unknown !== undefined) throw invalidParameter(`Attribute ${unknown} in AttributeMapping does not exist.`);
}

export function providerDescription({ id }: PoolRow, row: IdentityProviderRow): IdentityProviderType {
  return {
    UserPoolId: id,
    ProviderName: row.name,
    ProviderType: row.type,
    ProviderDetails: row.details,
    AttributeMapping: row.mapping,
    ...(row.identifiers.length === 0 ? {} : { IdpIdentifiers: row.identifiers }),
    LastModifiedDate: new Date(row.modified),
    CreationDate: new Date(row.created),
  };
}
