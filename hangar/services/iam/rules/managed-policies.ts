// The policies that AWS manages, read from managed-policies.json when one is first asked for.

import { readFileSync } from "node:fs";
import { brotliDecompressSync } from "node:zlib";

export type AwsManagedPolicy = {
  readonly Arn: string;
  readonly PolicyName: string;
  readonly Path: string;
  readonly version: string;
  readonly created: string;
  readonly updated: string;
  readonly document: object;
};

type Row = readonly [path: string, version: number, created: string, updated: string, document: object];
type File = { readonly common: readonly Row[]; readonly rest: string };

const PREFIX = "arn:aws:iam::aws:policy";

let file: File | undefined;
const known = new Map<string, AwsManagedPolicy>();
const named = new Map<string, AwsManagedPolicy>();
let complete = false;

/** By ARN; the many that are rarely used are unpacked only when one of them is asked for. */
export function awsManagedPolicy(arn: string): AwsManagedPolicy | undefined {
  if (!arn.startsWith(PREFIX)) return undefined;
  if (file === undefined) open();
  const found = known.get(arn);
  if (found !== undefined || complete) return found;
  unpack();
  return known.get(arn);
}

export function awsManagedPolicyNamed(name: string): AwsManagedPolicy | undefined {
  if (file === undefined) open();
  const found = named.get(name);
  if (found !== undefined || complete) return found;
  unpack();
  return named.get(name);
}

/** All of them, by name. */
export function awsManagedPolicies(): readonly AwsManagedPolicy[] {
  if (file === undefined) open();
  if (!complete) unpack();
  return [...known.values()].sort((left, right) => (left.PolicyName < right.PolicyName ? -1 : 1));
}

export function isAwsManaged(arn: string): boolean {
  return arn.startsWith(`${PREFIX}/`);
}

function open(): void {
  file = JSON.parse(readFileSync(new URL("./managed-policies.json", import.meta.url), "utf8")) as File;
  for (const row of file.common) add(row);
}

function unpack(): void {
  complete = true;
  const rows = JSON.parse(
    brotliDecompressSync(Buffer.from(file?.rest ?? "", "base64")).toString("utf8"),
  ) as readonly Row[];
  for (const row of rows) add(row);
}

function add([path, version, created, updated, document]: Row): void {
  const slash = path.lastIndexOf("/") + 1;
  const policy = {
    Arn: PREFIX + path,
    PolicyName: path.slice(slash),
    Path: path.slice(0, slash),
    version: `v${version}`,
    created,
    updated,
    document,
  };
  known.set(policy.Arn, policy);
  named.set(policy.PolicyName, policy);
}
