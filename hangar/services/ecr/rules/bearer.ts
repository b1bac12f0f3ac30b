// The password of a login: where its token is kept. As on AWS it is JSON in base64, which nobody need read.

import type { Registry } from "./repository-uri.ts";

type Token = { readonly id: string; readonly expires: number };

export function bearer({ id, expires }: Token, { account, region }: Registry): string {
  const payload = `${account}/${region}/${id}`;
  const text = JSON.stringify({ payload, version: "2", type: "DATA_KEY", expiration: Math.floor(expires / 1000) });
  return Buffer.from(text).toString("base64");
}

/** Of `Authorization: Basic …`; undefined when it names no token. */
export function tokenNamed(authorization: string | undefined): (Registry & { readonly id: string }) | undefined {
  const [, basic] = /^Basic (.+)$/i.exec(authorization ?? "") ?? [];
  const [, password] = /^AWS:(.+)$/.exec(Buffer.from(basic ?? "", "base64").toString("utf8")) ?? [];
  const text = Buffer.from(password ?? "", "base64").toString("utf8");
  const [, account, region, id] = /"payload":"(\d{12})\/([a-z0-9-]+)\/([0-9a-f]{32})"/.exec(text) ?? [];
  return account === undefined || region === undefined || id === undefined ? undefined : { account, region, id };
}
