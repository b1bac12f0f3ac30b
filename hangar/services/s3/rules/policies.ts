// Bucket policies: which documents S3 refuses, and which it calls public.

import { malformedPolicy } from "../errors.ts";

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

function listOf<Value>(value: Value | readonly Value[] | undefined): readonly Value[] {
  return value === undefined ? [] : Array.isArray(value) ? (value as readonly Value[]) : [value as Value];
}

/** Refuses in S3's words. https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-policy-language-overview.html */
export function checkPolicy(text: string, bucket: string): Policy {
  const own = new RegExp(`^arn:aws[\\w-]*:s3:::${bucket.replaceAll(".", "\\.")}(/.*)?$`, "s");
  return checked(text, { has: (resource) => own.test(resource) || covers(resource, bucket), inner: "/" });
}

/** Resources of an access point's policy are the access point and the objects behind it. */
export function checkAccessPointPolicy(text: string, arn: string): Policy {
  return checked(text, {
    has: (resource) => resource === arn || resource.startsWith(`${arn}/object/`),
    inner: "/object/",
  });
}

type Resources = {
  has(resource: string): boolean;
  /** What stands between a container and its objects. */
  readonly inner: string;
};

function checked(text: string, own: Resources): Policy {
  const words = "Policies must be valid JSON and the first byte must be '{'";
  if (!text.startsWith("{")) throw malformedPolicy(words);
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw malformedPolicy(words);
  }
  const { Statement: statements, Version: version } = document as {
    Statement?: Statement | Statement[];
    Version?: string;
  };
  if (statements === undefined) throw malformedPolicy("Missing required field Statement");
  if (version !== undefined && version !== "2012-10-17" && version !== "2008-10-17") {
    throw malformedPolicy(`The policy must contain a valid version string`);
  }
  for (const statement of listOf(statements)) checkStatement(statement, own);
  return policyOf(text);
}

function checkStatement(statement: Statement, own: Resources): void {
  if (statement.Effect !== "Allow" && statement.Effect !== "Deny") {
    throw malformedPolicy(
      statement.Effect === undefined ? "Missing required field Effect" : `Invalid effect: ${statement.Effect}`,
    );
  }
  if (statement.Principal === undefined && statement.NotPrincipal === undefined)
    throw malformedPolicy("Missing required field Principal");
  const actions = listOf(statement.Action ?? statement.NotAction);
  if (actions.length === 0) throw malformedPolicy("Missing required field Action");
  if (actions.some((action) => action !== "*" && !/^s3[\w-]*:/i.test(action)))
    throw malformedPolicy("Policy has invalid action");
  const resources = listOf(statement.Resource ?? statement.NotResource);
  if (resources.length === 0) throw malformedPolicy("Missing required field Resource");
  if (resources.some((resource) => !own.has(resource))) throw malformedPolicy("Policy has invalid resource");
  checkPrincipal(statement.Principal ?? statement.NotPrincipal);
  if (
    actions.every((action) => /^s3:(Get|Put|Delete)Object/.test(action)) &&
    resources.every((resource) => !resource.includes(own.inner) && !/[*?]/.test(resource))
  ) {
    throw malformedPolicy("Action does not apply to any resource(s) in statement");
  }
}

/** A resource with wildcards may still mean this bucket. */
function covers(resource: string, bucket: string): boolean {
  const match = /^arn:aws[\w-]*:s3:::([^/]*)/.exec(resource);
  if (match === null || !/[*?]/.test(match[1] ?? "")) return false;
  const pattern = (match[1] ?? "")
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${pattern}$`).test(bucket);
}

function checkPrincipal(principal: unknown): void {
  if (principal === "*") return;
  if (principal === null || typeof principal !== "object") throw malformedPolicy("Invalid policy syntax.");
  for (const [kind, value] of Object.entries(principal)) {
    if (!["AWS", "Service", "Federated", "CanonicalUser"].includes(kind))
      throw malformedPolicy("Invalid principal in policy");
    for (const each of listOf(value as string | readonly string[])) {
      const known =
        each === "*" ||
        /^\d{12}$/.test(each) ||
        /^arn:aws[\w-]*:(iam|sts)::/.test(each) ||
        /^A[A-Z]{3}[A-Z0-9]{16,}$/.test(each);
      if (kind === "AWS" && !known) throw malformedPolicy("Invalid principal in policy");
    }
  }
}

const NARROWING =
  /^(aws:(principal(account|arn|orgid|orgpaths)|source(arn|account|ip|vpc|vpce|owner|orgid|orgpaths)|userid)|s3:(dataaccesspointarn|dataaccesspointaccount))$/i;

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

function narrowed({ Condition: condition }: Statement): boolean {
  return Object.values(condition ?? {}).some((keys) =>
    Object.entries(keys).some(
      ([key, values]) =>
        NARROWING.test(key) &&
        listOf(values).every((value) => !/[*?$]/.test(value) && value !== "0.0.0.0/0" && value !== "::/0"),
    ),
  );
}
