// A request for the hosted pages: what it asks, who the browser is, and the answers that all pages share.

import { timingSafeEqual } from "node:crypto";
import type { HttpRequest, HttpResponse } from "../../../cloud/service.ts";
import { customizationOf, LOGO_PATH } from "../engine/ui-customization.ts";
import { html, type Look, type Page } from "../rules/hosted-page.ts";
import { ALL_CLIENTS } from "../rules/ui-customization.ts";
import type { BrowserRow, Place } from "../store.ts";

export type Hosted = {
  readonly place: Place;
  readonly request: HttpRequest;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Of a form that was sent. */
  readonly form: URLSearchParams;
  readonly cookies: Readonly<Record<string, string>>;
};

const LIMIT = 64 * 1024;

/** Undefined for a form that is too long. */
export async function hostedOf(place: Place, request: HttpRequest): Promise<Hosted | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.length;
    if (size > LIMIT) return undefined;
    chunks.push(chunk);
  }
  return {
    place,
    request,
    path: request.path.replace(/(.)\/$/, "$1"),
    query: new URLSearchParams(request.query),
    form: new URLSearchParams(Buffer.concat(chunks).toString()),
    cookies: cookiesOf(request.headers["cookie"] ?? ""),
  };
}

function cookiesOf(text: string): Record<string, string> {
  const pairs = text.split(";").map((each) => each.trim().split("="));
  return Object.fromEntries(pairs.map(([name = "", ...value]) => [name, value.join("=")]));
}

const SESSION = "cognito";
const CSRF = "XSRF-TOKEN";
const COOKIES = { session: SESSION, csrf: CSRF, visit: "cognito-fl" } as const;

/** Whoever signed in with this browser within the hour. */
export function browserOf({ place, cookies }: Hosted): BrowserRow | undefined {
  const row = place.store.browsers.get(cookies[SESSION] ?? "");
  return row === undefined || row.pool !== place.pool.id || row.expires <= place.context.clock.now() ? undefined : row;
}

/** Kept by the page's own cookie: no other page can send a form in its name. */
export function csrfOf({ cookies, place }: Hosted): string {
  return cookies[CSRF] ?? place.context.ids.uuid();
}

export function isOwnForm({ cookies, form }: Hosted): boolean {
  const [kept, given] = [Buffer.from(cookies[CSRF] ?? ""), Buffer.from(form.get("_csrf") ?? "")];
  return kept.length > 0 && kept.length === given.length && timingSafeEqual(kept, given);
}

export function cookie(hosted: Hosted, kind: keyof typeof COOKIES, value: string, seconds?: number): string {
  const name = COOKIES[kind];
  const age = seconds === undefined ? "" : `; Max-Age=${seconds}`;
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax${hosted.request.secure ? "; Secure" : ""}${age}`;
}

const GUARDED = {
  "content-type": "text/html;charset=UTF-8",
  "cache-control": "no-cache, no-store, max-age=0, must-revalidate",
  "content-security-policy": "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
};

export function pageAnswer(hosted: Hosted, page: Page, status = 200): HttpResponse {
  const csrf = csrfOf(hosted);
  const form = page.form === undefined ? {} : { form: { ...page.form, hidden: { _csrf: csrf, ...page.form.hidden } } };
  return {
    status,
    headers: { ...GUARDED, "set-cookie": cookie(hosted, "csrf", csrf) },
    body: html({ ...page, ...form, look: lookOf(hosted) }),
  };
}

function lookOf({ place, query }: Hosted): Look {
  const row = customizationOf(place, query.get("client_id") ?? ALL_CLIENTS);
  return { css: row?.css, logo: row?.image === undefined ? undefined : `${LOGO_PATH}${row.client}` };
}

export function redirect(location: string, cookies: readonly string[] = []): HttpResponse {
  const headers = { location, "cache-control": "no-store", ...(cookies.length === 0 ? {} : { "set-cookie": cookies }) };
  return { status: 302, headers, body: "" };
}

/** Where AWS leads whoever asks for what it will not send anywhere else. */
export function errorPage({ query }: Hosted, error: string): HttpResponse {
  const client = query.get("client_id");
  const told = new URLSearchParams({ error, ...(client === null ? {} : { client_id: client }) });
  return redirect(`/error?${told.toString()}`);
}

/** Tokens and their like: for pages of other origins too. */
export function json(status: number, value: object, headers: Readonly<Record<string, string>> = {}): HttpResponse {
  return {
    status,
    headers: {
      "content-type": "application/json;charset=UTF-8",
      "cache-control": "no-store",
      "access-control-allow-origin": "*",
      ...headers,
    },
    body: JSON.stringify(value),
  };
}
