// What the suites of hosted pages share: a pool with a domain, and a browser without scripts that fills in forms.

import { request } from "node:http";
import {
  CreateUserPoolDomainCommand,
  type CreateUserPoolClientCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import type { RunningCloud } from "../../../index.ts";
import type { App, AppOptions, Apps } from "../engine/test-app.ts";

export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** Where it leads. */
  readonly location: string;
};

export type Form = Readonly<Record<string, string>>;

export type Site = App & {
  readonly host: string;
  /** What an app asks for. */
  authorize(more?: Form): string;
  send(method: string, path: string, headers: Form, body?: string): Promise<Answer>;
  /** An app's own request. */
  post(path: string, form: Form, headers?: Form): Promise<Answer>;
  browser(): Browser;
};

/** It keeps its cookies, and follows nothing by itself. */
export type Browser = {
  get(path: string): Promise<Answer>;
  /** The form of the page it was on, filled in. */
  submit(page: Answer, form: Form): Promise<Answer>;
  /** Signs in as ann and answers where that leads. */
  signIn(path: string, form?: Form): Promise<Answer>;
};

export const CALLBACK = "https://app.example/back";

const OAUTH = {
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthFlows: ["code", "implicit"],
  AllowedOAuthScopes: ["openid", "email"],
  CallbackURLs: [CALLBACK],
  LogoutURLs: ["https://app.example/"],
} satisfies Partial<CreateUserPoolClientCommandInput>;

const TYPE = "application/x-www-form-urlencoded";

const CustomDomainConfig = { CertificateArn: "arn:aws:acm:us-east-1:000000000000:certificate/one" };

/** At a prefix of AWS's, or at a domain of the pool's own. */
export async function siteOf(
  cloud: RunningCloud,
  apps: Apps,
  { pool, client, domain }: AppOptions & { readonly domain?: string } = {},
): Promise<Site> {
  const to = await apps.make({ client: { ...OAUTH, ...client }, pool: { AutoVerifiedAttributes: ["email"], ...pool } });
  const Domain = domain ?? to.ClientId.slice(0, 8);
  const own = domain === undefined ? {} : { CustomDomainConfig };
  await apps.cognito.send(new CreateUserPoolDomainCommand({ UserPoolId: to.UserPoolId, Domain, ...own }));
  const host = domain ?? `${Domain}.auth.us-east-1.localhost:${cloud.port}`;
  const site: Site = {
    ...to,
    host,
    authorize: (more) => {
      const usual = { client_id: to.ClientId, redirect_uri: CALLBACK, response_type: "code", scope: "openid email" };
      return `/oauth2/authorize?${new URLSearchParams({ ...usual, ...more }).toString()}`;
    },
    send: sendTo(cloud.port, host),
    post: (path, form, headers = {}) =>
      site.send("POST", path, { "content-type": TYPE, ...headers }, new URLSearchParams(form).toString()),
    browser: () => browserOn(site),
  };
  return site;
}

export function sendTo(port: number, host: string): Site["send"] {
  return (method, path, headers, body) => send(port, { method, path, headers: { host, ...headers } }, body);
}

type Sent = { readonly method: string; readonly path: string; readonly headers: Form };

/** node:http, since fetch lets nobody name another Host. */
function send(port: number, { method, path, headers }: Sent, body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request({ host: "127.0.0.1", port, method, path, headers }, (answer) => {
      let text = "";
      answer.on("data", (chunk) => (text += String(chunk)));
      answer.on("end", () => {
        const { statusCode: status = 0, headers: given } = answer;
        resolve({ status, headers: given, text, location: given.location ?? "" });
      });
    });
    call.on("error", reject);
    call.end(body);
  });
}

function browserOn(site: Site): Browser {
  const cookies = new Map<string, string>();
  const send = async (method: string, path: string, body?: string): Promise<Answer> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await site.send(method, path, { cookie, "content-type": TYPE }, body);
    for (const each of [answer.headers["set-cookie"] ?? []].flat()) {
      const [name = "", value = ""] = each.split(";")[0]?.split("=") ?? [];
      if (each.includes("Max-Age=0")) cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  };
  const browser: Browser = {
    get: (path) => send("GET", path),
    submit(page, form) {
      const action = plain(/<form method="post"[^>]* action="([^"]*)"/.exec(page.text)?.[1] ?? "");
      const hidden = page.text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g);
      const kept = Object.fromEntries([...hidden].map(([, name = "", value = ""]) => [name, plain(value)]));
      return send("POST", action, new URLSearchParams({ ...kept, ...form }).toString());
    },
    async signIn(path, form = { username: "ann", password: "Passw0rd!" }) {
      const { location } = await browser.get(path);
      return browser.submit(await browser.get(location), form);
    },
  };
  return browser;
}

function plain(text: string): string {
  return text.replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&amp;", "&");
}
