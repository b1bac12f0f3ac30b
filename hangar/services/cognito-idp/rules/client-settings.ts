// What an app client may be set to, and what AWS takes where nothing is said.

import type { CreateUserPoolClientRequest } from "../../../models/cognito-idp.d.ts";
import { invalidOAuthFlow, invalidParameter, scopeDoesNotExist } from "../errors.ts";
import type { ClientRow, PoolRow } from "../store.ts";
import { checkClientSettings } from "./refused-settings.ts";

type Given = Omit<CreateUserPoolClientRequest, "GenerateSecret" | "ClientSecret"> & {
  readonly GenerateSecret?: boolean | undefined;
  readonly ClientSecret?: string | undefined;
  readonly ClientId?: string | undefined;
};

const USUAL_FLOWS = ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"];
const OLD_FLOWS = new Set(["ADMIN_NO_SRP_AUTH", "CUSTOM_AUTH_FLOW_ONLY", "USER_PASSWORD_AUTH"]);
const OWN_SCOPES = new Set(["phone", "email", "openid", "profile", "aws.cognito.signin.user.admin"]);

/** `scopes` are those of the pool's resource servers. */
export function clientSettings(given: Given, pool: PoolRow, scopes: ReadonlySet<string>): ClientRow["settings"] {
  checkClientSettings(given);
  const { UserPoolId: _pool, GenerateSecret: _secret, ClientSecret: _own, ClientId: _id, ...named } = given;
  const settings = Object.fromEntries(
    Object.entries({ ExplicitAuthFlows: USUAL_FLOWS, ...named }).filter(([, value]) => value !== undefined),
  ) as unknown as ClientRow["settings"];
  checkFlows(settings);
  checkOAuth(settings, scopes);
  checkValidity(settings);
  checkAttributes(settings, pool);
  return settings;
}

function checkFlows({ ExplicitAuthFlows: flows = [], RefreshTokenRotation }: ClientRow["settings"]): void {
  const old = flows.filter((flow) => OLD_FLOWS.has(flow));
  if (old.length > 0 && old.length < flows.length)
    throw invalidParameter("Please specify either ExplicitAuthFlows with the ALLOW_ prefix or without, not both.");
  if (RefreshTokenRotation?.Feature === "ENABLED" && flows.includes("ALLOW_REFRESH_TOKEN_AUTH"))
    throw invalidParameter(
      "Refresh token rotation is not supported with the ALLOW_REFRESH_TOKEN_AUTH authentication flow.",
    );
}

function checkOAuth(settings: ClientRow["settings"], known: ReadonlySet<string>): void {
  const { AllowedOAuthFlows: flows = [], AllowedOAuthScopes: scopes = [], CallbackURLs: urls = [] } = settings;
  if (flows.includes("client_credentials") && flows.length > 1)
    throw invalidOAuthFlow("client_credentials flow can not be selected along with code flow or implicit flow.");
  const unknown = scopes.find((scope) => !OWN_SCOPES.has(scope) && !known.has(scope));
  if (unknown !== undefined) throw scopeDoesNotExist(`Invalid scope requested: ${unknown}`);
  if (settings.AllowedOAuthFlowsUserPoolClient === true && (flows.length === 0 || scopes.length === 0))
    throw invalidOAuthFlow(
      "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.",
    );
  for (const url of [...urls, ...(settings.LogoutURLs ?? [])]) checkUrl(url);
  const { DefaultRedirectURI: usual } = settings;
  if (usual !== undefined && !urls.includes(usual))
    throw invalidParameter("DefaultRedirectURI must be in the CallbackURLs list.");
}

/** Where the client's users may sign in: `COGNITO` is the pool itself. */
export function providersOf({ settings }: Pick<ClientRow, "settings">): readonly string[] {
  const { SupportedIdentityProviders: names = [] } = settings;
  return names.length === 0 ? ["COGNITO"] : names;
}

/** https everywhere but at home; apps may have schemes of their own. */
function checkUrl(url: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || parsed.hash !== "" || url.includes("#"))
    throw invalidParameter(`${url} is not a valid redirect uri`);
  if (parsed.protocol === "http:" && !/^((.+\.)?localhost|127\.0\.0\.1|\[::1\])$/.test(parsed.hostname))
    throw invalidParameter(`${url} cannot use the HTTP protocol.`);
}

const SECONDS: Readonly<Record<string, number>> = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };

/** In seconds: of access and id tokens hours, of refresh tokens days where no unit is named. */
export function validityOf(
  { settings }: Pick<ClientRow, "settings">,
  token: "AccessToken" | "IdToken" | "RefreshToken",
): number {
  const usual = token === "RefreshToken" ? "days" : "hours";
  const value = settings[`${token}Validity`];
  const unit = settings.TokenValidityUnits?.[token] ?? usual;
  if (value === undefined || value === 0) return token === "RefreshToken" ? 30 * 86_400 : 3600;
  return value * (SECONDS[unit] ?? 1);
}

function checkValidity(settings: ClientRow["settings"]): void {
  for (const token of ["AccessToken", "IdToken"] as const) {
    const seconds = validityOf({ settings }, token);
    if (seconds < 300 || seconds > 86_400) throw invalidParameter("Invalid range for token validity.");
  }
  const refresh = validityOf({ settings }, "RefreshToken");
  if (refresh < 3600 || refresh > 3650 * 86_400) throw invalidParameter("Invalid range for token validity.");
}

function checkAttributes({ ReadAttributes, WriteAttributes }: ClientRow["settings"], pool: PoolRow): void {
  const known = new Set(pool.schema.map(({ Name }) => Name));
  if (ReadAttributes?.some((name) => !known.has(name)) === true)
    throw invalidParameter("Invalid read attributes specified while creating a client");
  if (WriteAttributes?.some((name) => !known.has(name) || name === "sub" || name.endsWith("_verified")) === true)
    throw invalidParameter("Invalid write attributes specified while creating a client");
  const required = pool.schema.filter(({ Name, Required }) => Required === true && Name !== "sub");
  if (WriteAttributes !== undefined && required.some(({ Name = "" }) => !WriteAttributes.includes(Name)))
    throw invalidParameter("Invalid write attributes specified while creating a client");
}
