// /oauth2/authorize: sends the browser to sign in, then back to the app with a code or with tokens.
// https://docs.aws.amazon.com/cognito/latest/developerguide/authorization-endpoint.html

import type { HttpResponse } from "../../../cloud/service.ts";
import { clientIn } from "../engine/find.ts";
import { issue, newSignIn } from "../engine/tokens.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import { keyIn, type BrowserRow, type ClientPlace } from "../store.ts";
import { browserOf, errorPage, redirect, type Hosted } from "./hosted-request.ts";

const CODE_LIFE = 300_000;

/** What an app asks for, once it may. */
export type Asking = {
  readonly place: ClientPlace;
  readonly redirectUri: string;
  readonly type: "code" | "token";
  readonly scopes: readonly string[];
  readonly state: string | null;
  readonly challenge?: string | undefined;
  readonly nonce?: string | undefined;
};

export async function authorize(hosted: Hosted): Promise<HttpResponse> {
  const asking = askingOf(hosted);
  if ("status" in asking) return asking;
  const browser = browserOf(hosted);
  if (browser === undefined || hosted.query.get("prompt") === "login") {
    if (hosted.query.get("prompt") === "none") return back(asking, { error: "login_required" });
    const query = new URLSearchParams(hosted.query);
    query.delete("prompt");
    return redirect(`/login?${query.toString()}`);
  }
  return granted(asking, browser);
}

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
  const provider = query.get("identity_provider");
  if (provider !== null && provider !== "COGNITO")
    return refused("invalid_request", `Identity provider ${provider} does not exist.`);
  const nonce = query.get("nonce") ?? undefined;
  return { place: found, redirectUri, type, scopes, state, challenge, nonce };
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
function back(
  { redirectUri, state, type }: Pick<Asking, "redirectUri" | "state" | "type">,
  answer: Readonly<Record<string, string>>,
): HttpResponse {
  const told = new URLSearchParams({ ...answer, ...(state === null ? {} : { state }) });
  if (type === "token") return redirect(`${redirectUri}#${told.toString()}`);
  return redirect(`${redirectUri}${redirectUri.includes("?") ? "&" : "?"}${told.toString()}`);
}

async function granted(asking: Asking, browser: BrowserRow): Promise<HttpResponse> {
  const { place, redirectUri, scopes, type, challenge, nonce } = asking;
  const { pool, store, context, client } = place;
  const user = store.users.get(keyIn(pool, browser.user));
  if (user === undefined || !user.enabled) return back(asking, { error: "login_required" });
  const grant = { scopes, nonce, at: browser.at };
  if (type === "token") {
    const signIn = newSignIn(place, user, grant);
    const {
      AccessToken = "",
      IdToken,
      ExpiresIn,
    } = await issue(place, { user, signIn, source: "TokenGeneration_HostedAuth" });
    const tokens = { access_token: AccessToken, ...(IdToken === undefined ? {} : { id_token: IdToken }) };
    return back(asking, { ...tokens, token_type: "Bearer", expires_in: String(ExpiresIn) });
  }
  const now = context.clock.now();
  for (const [old, row] of store.authorizationCodes.range())
    if (row.expires <= now) store.authorizationCodes.delete(old);
  const code = context.ids.uuid();
  store.authorizationCodes.put(code, {
    pool: pool.id,
    user: browser.user,
    client: client.id,
    redirect: redirectUri,
    ...grant,
    challenge,
    expires: now + CODE_LIFE,
  });
  return back(asking, { code });
}
