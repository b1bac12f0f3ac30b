// Names of access points: their own, their ARNs, and the aliases and hosts that stand where a bucket's name would.

import { formatArn, parseArn } from "../../../kernel/arn.ts";

export type AccessPointName = { readonly account: string; readonly region: string; readonly name: string };

const ALIAS = "-s3alias";
const RANDOM = 34;
const LONGEST_ALIAS = 63;

export function accessPointArn({ account, region, name }: AccessPointName): string {
  return formatArn({ service: "s3", region, account, resource: `accesspoint/${name}` });
}

/** An ARN of Object Lambda, Outposts or several regions is no access point's of one bucket. */
export function parseAccessPointArn(text: string): AccessPointName | undefined {
  const arn = parseArn(text);
  const name = arn?.resource.match(/^accesspoint[/:]([^/:]+)$/)?.[1];
  if (arn === undefined || name === undefined || arn.service !== "s3" || arn.region === "") return undefined;
  return { account: arn.account, region: arn.region, name };
}

/** `name-account`: what SDKs put before the host of an endpoint of ours. */
export function parseAccessPointHost(text: string, region: string): AccessPointName | undefined {
  const [, name, account] = /^([a-z0-9][a-z0-9-]*[a-z0-9])-(\d{12})$/.exec(text) ?? [];
  return name === undefined || account === undefined ? undefined : { account, region, name };
}

export function isAlias(text: string): boolean {
  return text.endsWith(ALIAS);
}

/** A bucket's name in its form: names that are too long for that are cut. */
export function aliasOf(name: string, random: (length: number) => string): string {
  const room = LONGEST_ALIAS - ALIAS.length - RANDOM - 1;
  return `${name.slice(0, room)}-${random(RANDOM)}${ALIAS}`;
}
