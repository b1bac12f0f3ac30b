// Resource policies of functions and layers: statements from AddPermission's parameters, and the document they form.

import type { AddPermissionRequest } from "../../../models/lambda.d.ts";
import { invalidParameter } from "../errors.ts";
import type { PolicyRow, StatementRow } from "../store.ts";

/** The statement AddPermission writes. https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
export function permissionStatement(input: AddPermissionRequest, resource: string): StatementRow {
  const equals: Record<string, string> = {};
  if (input.SourceAccount !== undefined) equals["AWS:SourceAccount"] = input.SourceAccount;
  if (input.EventSourceToken !== undefined) equals["lambda:EventSourceToken"] = input.EventSourceToken;
  if (input.FunctionUrlAuthType !== undefined) equals["lambda:FunctionUrlAuthType"] = input.FunctionUrlAuthType;
  if (input.PrincipalOrgID !== undefined) equals["aws:PrincipalOrgID"] = input.PrincipalOrgID;
  const condition = {
    ...(Object.keys(equals).length === 0 ? {} : { StringEquals: equals }),
    ...(input.InvokedViaFunctionUrl === undefined
      ? {}
      : { Bool: { "lambda:InvokedViaFunctionUrl": String(input.InvokedViaFunctionUrl) } }),
    ...(input.SourceArn === undefined ? {} : { ArnLike: { "AWS:SourceArn": input.SourceArn } }),
  };
  return {
    Sid: input.StatementId,
    Effect: "Allow",
    Principal: principalOf(input.Principal),
    Action: input.Action,
    Resource: resource,
    ...(Object.keys(condition).length === 0 ? {} : { Condition: condition }),
  };
}

/** `*`, an account, an ARN or a service. */
export function principalOf(principal: string): string | { readonly AWS: string } | { readonly Service: string } {
  if (principal === "*") return "*";
  if (/^\d{12}$/.test(principal)) return { AWS: `arn:aws:iam::${principal}:root` };
  if (/^arn:aws[a-z-]*:(iam|sts)::/.test(principal)) return { AWS: principal };
  if (/^[a-z0-9.-]+\.[a-z0-9.-]*[a-z]$/.test(principal) && principal.includes(".amazon")) return { Service: principal };
  throw invalidParameter("The provided principal was invalid. Please check the principal and try again.");
}

export function policyDocument(policy: PolicyRow): string {
  return JSON.stringify({ Version: "2012-10-17", Id: policy.id ?? "default", Statement: policy.statements });
}

const PARTS = ["Effect", "Principal", "Action", "Resource"];

/** The statements of a whole document, each about the resource alone. */
export function statementsIn(
  text: string,
  resource: string,
): { readonly id: string | undefined; readonly statements: readonly StatementRow[] } {
  const document = parsed(text);
  const statements = [document.Statement ?? []].flat() as unknown[] as readonly (StatementRow | null)[];
  for (const statement of statements) {
    const missing = PARTS.find((part) => statement?.[part] === undefined);
    if (missing !== undefined) throw invalidParameter(`Policy document is malformed: a statement has no ${missing}.`);
    const others = [statement?.["Resource"]].flat().filter((each) => each !== resource);
    if (others.length > 0) throw invalidParameter(`Policy document is malformed: its Resource must be ${resource}.`);
  }
  if (statements.length === 0) throw invalidParameter("Policy document is malformed: it has no statement.");
  return { id: document.Id, statements: statements as readonly StatementRow[] };
}

function parsed(text: string): { readonly Id?: string; readonly Statement?: unknown } {
  try {
    const document = JSON.parse(text) as unknown;
    if (typeof document === "object" && document !== null) return document;
  } catch {
    // Below.
  }
  throw invalidParameter("Policy document is malformed: it is no JSON object.");
}

/** Of layers that AWS publishes. */
export function forEverybody(layerVersionArn: string): StatementRow {
  return {
    Sid: "everybody",
    Effect: "Allow",
    Principal: "*",
    Action: "lambda:GetLayerVersion",
    Resource: layerVersionArn,
  };
}
