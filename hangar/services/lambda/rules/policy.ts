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
  return JSON.stringify({ Version: "2012-10-17", Id: "default", Statement: policy.statements });
}
