// To an external identity provider and back: `identity_provider=…` of /oauth2/authorize, and /oauth2/idpresponse.
// https://docs.aws.amazon.com/cognito/latest/developerguide/authorization-endpoint.html

import type { HttpResponse } from "../../../cloud/service.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import { federatedUser } from "../engine/federated-user.ts";
import { providerIfAny } from "../engine/identity-providers.ts";
import { claimsFor, ProviderFailure, signInAddress } from "../engine/oidc.ts";
import { forgetOld, newHandle } from "../engine/sessions.ts";
import { notEmulated } from "../errors.ts";
import type { IdentityProviderRow } from "../rules/identity-provider.ts";
import { askingOf, back, type Asking } from "./asking.ts";
import { cookie, errorPage, redirect, type Hosted } from "./hosted-request.ts";
import { signedIn } from "./signed-in.ts";

const LIFE = 300_000;

/** The browser goes to where the provider's users sign in. */
export async function visit(hosted: Hosted, asking: Asking, provider: IdentityProviderRow): Promise<HttpResponse> {
  if (provider.type !== "OIDC")
    throw notEmulated(
      `signing in through ${provider.type}`,
      "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-social-idp.html",
    );
  const { pool, store, context } = hosted.place;
  const now = context.clock.now();
  forgetOld(store.visits, now);
  const state = newHandle(context, now + LIFE);
  const at = addressOfOurs(hosted);
  try {
    const address = await signInAddress(context, provider, { redirect: at, state });
    const query = new URLSearchParams(hosted.query);
    for (const done of ["identity_provider", "idp_identifier", "prompt"]) query.delete(done);
    store.visits.put(state, {
      pool: pool.id,
      provider: provider.name,
      query: query.toString(),
      redirect: at,
      expires: now + LIFE,
    });
    return redirect(address, [cookie(hosted, "visit", state, LIFE / 1000)]);
  } catch (error) {
    return told(asking, error);
  }
}

/** What the provider has to know as the app's: `https://<domain>/oauth2/idpresponse`, as the browser reached us. */
function addressOfOurs({ request }: Hosted): string {
  return `${request.secure ? "https" : "http"}://${request.headers["host"] ?? request.host}/oauth2/idpresponse`;
}

export async function idpResponse(hosted: Hosted): Promise<HttpResponse> {
  const { place, cookies } = hosted;
  const given = hosted.request.method === "POST" ? hosted.form : hosted.query;
  const state = given.get("state") ?? "";
  const row = place.store.visits.get(state);
  const standing = row !== undefined && row.pool === place.pool.id && row.expires > place.context.clock.now();
  // Another page may have sent this browser here.
  if (!standing || cookies["cognito-fl"] !== state) return errorPage(hosted, "Invalid state");
  place.store.visits.delete(state);
  const returned = { ...hosted, query: new URLSearchParams(row.query) };
  const asking = askingOf(returned);
  if ("status" in asking) return asking;
  const provider = providerIfAny(place, row.provider);
  const code = given.get("code");
  if (provider === undefined || code === null) {
    const error = given.get("error") ?? "invalid_request";
    return back(asking, { error_description: given.get("error_description") ?? error, error });
  }
  try {
    const claims = await claimsFor(place.context, provider, { code, redirect: row.redirect });
    return await signedIn(returned, asking, await federatedUser(asking.place, provider, claims));
  } catch (error) {
    return told(asking, error);
  }
}

/** The app learns what went wrong. */
function told(asking: Asking, error: unknown): HttpResponse {
  if (error instanceof ProviderFailure)
    return back(asking, { error_description: error.message, error: "server_error" });
  if (!(error instanceof AwsError) || error.status >= 500) throw error;
  return back(asking, { error_description: error.message, error: "invalid_request" });
}
