// A pool's hosted pages and OAuth 2.0 endpoints, at `<domain>.auth.<region>.amazoncognito.com` and `….localhost`, or at a
// name of the user's own and that name below localhost.

import { findNamed, registeredName } from "../../../cloud/placed-tables.ts";
import type { HttpDoor, HttpResponse } from "../../../cloud/service.ts";
import { storesOf } from "../engine/find.ts";
import { hasPages } from "../engine/login-branding.ts";
import { customizationOf, LOGO_PATH } from "../engine/ui-customization.ts";
import { imageType } from "../rules/ui-customization.ts";
import type { CognitoContext, Place, Tables } from "../store.ts";
import { accountPage, confirmUser, isAccountPage } from "./account-pages.ts";
import { authorize } from "./authorize.ts";
import { idpResponse } from "./federation.ts";
import { cookie, errorPage, hostedOf, pageAnswer, redirect, type Hosted } from "./hosted-request.ts";
import { answerChallenge, login, loginPage } from "./sign-in-pages.ts";
import { revoke, token, userInfo } from "./token.ts";

const HOST = /^([a-z0-9-]+)\.auth\.([a-z]{2}(?:-[a-z]+)+-\d)\.(?:amazoncognito\.com|localhost)$/;

export const hostedDoor: HttpDoor<Tables> = {
  name: "cognito-idp.hosted",
  match(request, world) {
    const [, domain, region] = request.host.includes(".auth.") ? (HOST.exec(request.host) ?? []) : [];
    return domain === undefined ? hostedDoor.named?.(request, world) : { region, data: domain };
  },
  named({ host }, world) {
    const name = registeredName(host);
    const found = name === undefined ? undefined : findNamed(world, "cognito-idp/domains", [name]);
    return found === undefined ? undefined : { ...found, data: name };
  },
  async handle(request, domain: string, context) {
    const place = placeOf(context, domain);
    if (place === undefined) return plain(404, "Login pages unavailable");
    const hosted = await hostedOf(place, request);
    if (hosted === undefined) return plain(413, "The form is too long.");
    return isPage(hosted) && !hasPages(place, domain, hosted.query.get("client_id") ?? "")
      ? plain(403, "Login pages unavailable. Please contact an administrator.")
      : routed(hosted);
  },
};

function placeOf(context: CognitoContext, domain: string): Place | undefined {
  for (const store of storesOf(context)) {
    const pool = store.pools.get(store.domains.get(domain)?.UserPoolId ?? "");
    if (pool !== undefined && pool.region === context.region) return { pool, store, context };
  }
  return undefined;
}

/** Whatever a browser shows for a client. */
function isPage({ path }: Hosted): boolean {
  return path === "/login" || path === "/challenge" || isAccountPage(path);
}

function plain(status: number, text: string): HttpResponse {
  return { status, headers: { "content-type": "text/plain; charset=utf-8" }, body: text };
}

const FOR_APPS = new Set(["/oauth2/token", "/oauth2/revoke", "/oauth2/userInfo"]);

type Route = (hosted: Hosted) => HttpResponse | Promise<HttpResponse>;

const ROUTES: Readonly<Record<string, Route>> = {
  "GET /oauth2/authorize": authorize,
  "POST /oauth2/token": token,
  "POST /oauth2/revoke": revoke,
  "GET /oauth2/userInfo": userInfo,
  "POST /oauth2/userInfo": userInfo,
  "GET /oauth2/idpresponse": idpResponse,
  "POST /oauth2/idpresponse": idpResponse,
  "GET /login": (hosted) => loginPage(hosted),
  "POST /login": login,
  "POST /challenge": answerChallenge,
  "GET /confirmUser": confirmUser,
  "GET /logout": logout,
  "GET /error": (hosted) =>
    pageAnswer(
      hosted,
      {
        title: "An error was encountered with the requested page.",
        problem: hosted.query.get("error") ?? "Unknown error",
      },
      400,
    ),
};

function routed(hosted: Hosted): HttpResponse | Promise<HttpResponse> {
  const { method } = hosted.request;
  const { path } = hosted;
  if (method === "OPTIONS" && FOR_APPS.has(path))
    return {
      status: 200,
      headers: {
        "access-control-allow-origin": "*",
        "access-control-allow-headers": "authorization,content-type",
        "access-control-allow-methods": "GET,POST",
      },
    };
  const route = ROUTES[`${method} ${path}`];
  if (route !== undefined) return route(hosted);
  if (method === "GET" && path.startsWith(LOGO_PATH)) return logo(hosted);
  if (isAccountPage(path) && (method === "GET" || method === "POST")) return accountPage(hosted);
  return plain(404, "Not found");
}

function logo({ place, path }: Hosted): HttpResponse {
  const image = customizationOf(place, path.slice(LOGO_PATH.length))?.image;
  if (image === undefined) return plain(404, "Not found");
  return { status: 200, headers: { "content-type": imageType(image) ?? "image/png" }, body: image };
}

/** Only to where the client allows; https://docs.aws.amazon.com/cognito/latest/developerguide/logout-endpoint.html */
function logout(hosted: Hosted): HttpResponse {
  const { query, place, cookies } = hosted;
  const client = place.store.clients.get(`${place.pool.id}\u0000${query.get("client_id") ?? ""}`);
  if (client === undefined) return errorPage(hosted, "Client does not exist.");
  const to = query.get("logout_uri");
  if (to === null && query.get("redirect_uri") === null)
    return errorPage(hosted, "Required String parameter 'logout_uri' is not present");
  if (to !== null && client.settings.LogoutURLs?.includes(to) !== true) return errorPage(hosted, "redirect_mismatch");
  place.store.browsers.delete(cookies["cognito"] ?? "");
  return redirect(to ?? `/login?${query.toString()}`, [cookie(hosted, "session", "", 0)]);
}
