// Bucket policies: parsed once, and whether they are public.

import { isIP } from "node:net";

export type Statement = {
  readonly Sid?: string;
  readonly Effect?: string;
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
};
export type Policy = { readonly Version?: string; readonly Id?: string; readonly Statement: readonly Statement[] };

const parsed = new Map<string, Policy>();

/** A stored policy, parsed once. */
export function policyOf(text: string): Policy {
  let policy = parsed.get(text);
  if (policy === undefined) {
    const document = JSON.parse(text) as { readonly Statement: Statement | readonly Statement[] };
    policy = { ...document, Statement: listOf(document.Statement) } as Policy;
    if (parsed.size > 1000) parsed.clear();
    parsed.set(text, policy);
  }
  return policy;
}

export function listOf<Value>(value: Value | readonly Value[] | undefined): readonly Value[] {
  return value === undefined ? [] : Array.isArray(value) ? (value as readonly Value[]) : [value as Value];
}

const NARROWING =
  /^(aws:(principal(account|arn|orgid|orgpaths)|source(arn|account|ip|vpc|vpce|owner|orgid|orgpaths)|userid)|s3:(dataaccesspointarn|dataaccesspointaccount))$/i;

const FIXING = /^(ForAnyValue:)?(String(Equals|EqualsIgnoreCase|Like)|Arn(Equals|Like)|IpAddress)$/i;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status */
export function isPublicPolicy(text: string | undefined): boolean {
  if (text === undefined) return false;
  return policyOf(text).Statement.some(
    (statement) => statement.Effect === "Allow" && forAnyone(statement) && !narrowed(statement),
  );
}

function forAnyone({ Principal: principal, NotPrincipal: others }: Statement): boolean {
  if (others !== undefined || principal === "*") return true;
  return listOf((principal as { readonly AWS?: string | readonly string[] } | undefined)?.AWS).includes("*");
}

/** By a positive condition on fixed values. */
function narrowed({ Condition: condition }: Statement): boolean {
  return Object.entries(condition ?? {}).some(
    ([operator, keys]) =>
      FIXING.test(operator) &&
      Object.entries(keys).some(
        ([key, values]) => NARROWING.test(key) && listOf(values).every((value) => isFixed(value)),
      ),
  );
}

function isFixed(value: string): boolean {
  const [address = "", bits] = value.split("/");
  const version = isIP(address);
  if (version === 0) return !/[*?$]/.test(value);
  return bits === undefined || Number(bits) >= (version === 4 ? 8 : 32);
}
