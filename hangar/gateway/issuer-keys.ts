// The public keys of an issuer of tokens, found by OpenID Connect discovery. User pools of Cognito are this world's own: nothing of theirs is asked of the network.

import type { Context } from "../cloud/operation.ts";
import { parsedJson } from "../kernel/parsed-json.ts";
import { outbound, type OutboundAnswer } from "./outbound.ts";

/** Of a JWK set. */
export type IssuerKeys = readonly Readonly<Record<string, string>>[];

type Asking = Parameters<typeof outbound>[0] & Pick<Context<never>, "ports">;
type Document = Readonly<Record<string, unknown>>;

const USER_POOL = /^https:\/\/cognito-idp\.[^.]+\.amazonaws\.com(?:\.cn)?\//;

/** Undefined when they cannot be had. */
export async function issuerKeys(context: Asking, issuer: string): Promise<IssuerKeys | undefined> {
  if (USER_POOL.test(issuer)) return (await context.ports.userPools.keySet(issuer))?.keys;
  const found = await document(context, discovery(issuer));
  const uri = found?.["jwks_uri"];
  const keys = typeof uri === "string" ? (await document(context, uri))?.["keys"] : undefined;
  return Array.isArray(keys) ? (keys as IssuerKeys) : undefined;
}

/** Those of the internet are not asked, and one on this machine that is not up yet is believed. */
export async function isDiscovered(context: Asking, issuer: string): Promise<boolean> {
  if (USER_POOL.test(issuer)) return (await context.ports.userPools.keySet(issuer)) !== undefined;
  if (!issuer.startsWith("http://")) return true;
  const answer = await asked(context, discovery(issuer)).catch(() => undefined);
  return answer === undefined || documentIn(answer)?.["jwks_uri"] !== undefined;
}

export function discovery(issuer: string): string {
  return `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
}

async function document(context: Asking, address: string): Promise<Document | undefined> {
  try {
    return documentIn(await asked(context, address));
  } catch {
    return undefined;
  }
}

/** Issuers under AWS's names are this cloud's own. Rejects when nobody answers. */
async function asked(context: Asking, address: string): Promise<OutboundAnswer> {
  const url = new URL(address);
  const headers = { Host: url.host, Accept: "application/json" };
  return outbound(context, url, { method: "GET", headers, body: Buffer.alloc(0) });
}

function documentIn({ status, body }: OutboundAnswer): Document | undefined {
  const value = status === 200 ? parsedJson(body.toString("utf8")) : undefined;
  return typeof value === "object" && value !== null ? (value as Document) : undefined;
}
