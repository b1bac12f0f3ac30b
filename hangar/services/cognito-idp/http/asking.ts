// What an app asks of /oauth2/authorize, checked before a browser is led anywhere.
// https://docs.aws.amazon.com/cognito/latest/developerguide/authorization-endpoint.html

import type { HttpResponse } from "../../../cloud/service.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import { clientIn } from "../engine/find.ts";
import { providerBy, providerIfAny } from "../engine/identity-providers.ts";
import { providersOf } from "../rules/client-settings.ts";
import type { IdentityProviderRow } from "../rules/identity-provider.ts";
import type { ClientPlace } from "../store.ts";
import { errorPage, redirect, type Hosted } from "./hosted-request.ts";

/** What an app asks for, once it may. */
export type Asking = {
  readonly place: ClientPlace;
  readonly redirectUri: string;
  readonly type: "code" | "token";
  readonly scopes: readonly string[];
  readonly state: string | null;
  readonly challenge?: string | undefined;
  readonly nonce?: string | undefined;
  /** Where the user is to sign in, other than here. */
  readonly provider?: IdentityProviderRow | undefined;
};

/** An answer where the app may not ask so: on our own page, until it is sure where the app is. */
export function askingOf(hosted: Hosted): Asking | HttpResponse {
  const { query } = hosted;
  const clientId = query.get("client_id");
  const redirectUri = query.get("redirect_uri");
  if (clientId === null) return errorPage(hosted, "Required String parameter 'client_id' is not present");
  if (redirectUri === null) return errorPage(hosted, "Required String parameter 'redirect_uri' is not present");
  const found = clientIfAny(hosted, clientId);
  if (found === undefined) return errorPage(hosted, "Client does not exist.");
  const { settings } = found.client;
  if (settings.CallbackURLs?.includes(redirectUri) !== true) return errorPage(hosted, "redirect_mismatch");
  const state = query.get("state");
  const type = query.get("response_type");
  const refused = (error: string, description?: string): HttpResponse =>
    back(
      { redirectUri, state, type: "code" },
      { error, ...(description === undefined ? {} : { error_description: description }) },
    );
  if (type !== "code" && type !== "token") return refused("invalid_request", "invalid response_type");
  const flow = type === "code" ? "code" : "implicit";
  if (settings.AllowedOAuthFlowsUserPoolClient !== true || settings.AllowedOAuthFlows?.includes(flow) !== true)
    return refused("unauthorized_client");
  const allowed = settings.AllowedOAuthScopes ?? [];
  const scopes =
    query
      .get("scope")
      ?.split(" ")
      .filter((scope) => scope !== "") ?? allowed;
  if (scopes.length === 0 || scopes.some((scope) => !allowed.includes(scope))) return refused("invalid_scope");
  const challenge = query.get("code_challenge") ?? undefined;
  if (challenge !== undefined && query.get("code_challenge_method") !== "S256")
    return refused("invalid_request", "code_challenge_method must be S256");
  const wanted = query.get("identity_provider") ?? query.get("idp_identifier");
  const provider = providerFor(found, query);
  if (wanted !== null && wanted !== "COGNITO" && provider === undefined)
    return refused("invalid_request", `Identity provider ${wanted} does not exist.`);
  const nonce = query.get("nonce") ?? undefined;
  return { place: found, redirectUri, type, scopes, state, challenge, nonce, provider };
}

/** By its name or by an identifier; the client's only one needs neither. */
function providerFor(place: ClientPlace, query: URLSearchParams): IdentityProviderRow | undefined {
  const supported = providersOf(place.client);
  const identifier = query.get("idp_identifier");
  const [only, ...others] = supported;
  const name = query.get("identity_provider") ?? (others.length === 0 && identifier === null ? only : null);
  const row = name === null || name === undefined ? providerBy(place, identifier ?? "") : providerIfAny(place, name);
  return row !== undefined && supported.includes(row.name) ? row : undefined;
}

function clientIfAny({ place }: Hosted, id: string): ClientPlace | undefined {
  try {
    return clientIn(place, id);
  } catch (error) {
    if (error instanceof AwsError) return undefined;
    throw error;
  }
}

/** To the app: answers of the implicit flow stand in the fragment. */
export function back(
  { redirectUri, state, type }: Pick<Asking, "redirectUri" | "state" | "type">,
  answer: Readonly<Record<string, string>>,
): HttpResponse {
  const told = new URLSearchParams({ ...answer, ...(state === null ? {} : { state }) });
  if (type === "token") return redirect(`${redirectUri}#${told.toString()}`);
  return redirect(`${redirectUri}${redirectUri.includes("?") ? "&" : "?"}${told.toString()}`);
}
