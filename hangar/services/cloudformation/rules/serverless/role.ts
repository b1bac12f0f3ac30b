// The role that a function or state machine gets when it names none.

import { resourceProblem, templateProblem } from "./problems.ts";
import type { Fields } from "./python-order.ts";
import { isPolicyTemplate, policyOfTemplate } from "./policy-templates.ts";
import { Resource } from "./resource.ts";
import { at, filled, isFields, isFunction, isIf, isNoValue, sameValue, textOf } from "./values.ts";

export function assumedBy(service: string): Fields {
  return {
    Version: "2012-10-17",
    Statement: [{ Action: ["sts:AssumeRole"], Effect: "Allow", Principal: { Service: [service] } }],
  };
}

/** An inline policy that allows one thing. */
export function allowing(name: string, action: string, resource: unknown): Fields {
  return {
    PolicyName: name,
    PolicyDocument: { Statement: [{ Action: action, Effect: "Allow", Resource: resource }] },
  };
}

export function awsPolicy(name: string): string {
  return `arn:aws:iam::aws:policy/${name}`;
}

type Kind = "managed" | "statement" | "template" | "unknown";

function kindOf(policy: unknown, templates: boolean): Kind {
  if (textOf(policy) !== undefined) return "managed";
  if (isIf(policy)) return kindOfIf(at(policy, "Fn::If"), templates);
  if (isFunction(policy)) return "managed";
  if (isFields(policy) && Object.hasOwn(policy, "Statement")) return "statement";
  return templates && isPolicyTemplate(policy) ? "template" : "unknown";
}

function kindOfIf(branches: unknown, templates: boolean): Kind {
  if (!Array.isArray(branches) || branches.length !== 3) throw templateProblem("Fn::If requires 3 arguments");
  const [, whenTrue, whenFalse] = branches as unknown[];
  const [left, right] = [kindOf(whenTrue, templates), kindOf(whenFalse, templates)];
  if (left === right || isNoValue(whenFalse)) return left;
  if (isNoValue(whenTrue)) return right;
  throw templateProblem(
    "Different policy types within the same Fn::If statement is unsupported. Separate different policy types into different Fn::If statements",
  );
}

function policiesIn(policies: unknown): unknown[] {
  if (!filled(policies)) return [];
  return Array.isArray(policies) ? (policies as unknown[]) : [policies];
}

/** The same policies, those that are templates written out. */
export function withoutTemplates(logicalId: string, policies: unknown): unknown {
  const list = policiesIn(policies);
  if (list.length === 0) return policies;
  return list.map((policy) =>
    kindOf(policy, true) === "template" ? policyOfTemplate(logicalId, policy as Fields) : policy,
  );
}

export type RoleRequest = {
  readonly logicalId: string;
  readonly attributes: Fields;
  readonly assumeRolePolicy: unknown;
  readonly policies: unknown;
  readonly managed: readonly string[];
  readonly inline: readonly Fields[];
  readonly path?: unknown;
  readonly boundary?: unknown;
  readonly tags: readonly Fields[];
};

type ArnOfManaged = (name: string) => string | undefined;

export function executionRole(request: RoleRequest, managedPolicyArn: ArnOfManaged): Resource {
  const id = `${request.logicalId}Role`;
  const managed: unknown[] = [...request.managed];
  const inline = [...request.inline];
  for (const [index, policy] of policiesIn(request.policies).entries()) {
    const kind = kindOf(policy, false);
    if (kind === "unknown" || kind === "template")
      throw resourceProblem(request.logicalId, `Policy at index ${index} in the 'Policies' property is not valid`);
    if (kind === "statement")
      inline.push(eachSide(policy, (document) => ({ PolicyName: `${id}Policy${index}`, PolicyDocument: document })));
    else {
      const arn = eachSide(policy, (name) => arnOf(name, managedPolicyArn));
      if (!managed.some((known) => sameValue(known, arn))) managed.push(arn);
    }
  }
  return new Resource(
    "AWS::IAM::Role",
    id,
    {
      AssumeRolePolicyDocument: request.assumeRolePolicy,
      ManagedPolicyArns: managed,
      Policies: inline.length === 0 ? undefined : inline,
      Path: request.path,
      PermissionsBoundary: request.boundary,
      Tags: request.tags,
    },
    { attributes: request.attributes },
  );
}

/** Of an Fn::If each side is a policy. */
function eachSide(policy: unknown, convert: (policy: unknown) => unknown): Fields {
  if (!isIf(policy)) return convert(policy) as Fields;
  const [condition, ...sides] = at(policy, "Fn::If") as unknown[];
  return { "Fn::If": [condition, ...sides.map((side) => (isNoValue(side) ? side : convert(side)))] };
}

function arnOf(policy: unknown, managedPolicyArn: ArnOfManaged): unknown {
  const name = textOf(policy);
  if (name === undefined || name.startsWith("arn:")) return policy;
  return managedPolicyArn(name) ?? name;
}

/** Adds what an event source needs, once. */
export function allowToo(role: Resource | undefined, managed: string | undefined, inline: readonly Fields[]): void {
  if (role === undefined) return;
  const arns = role.properties["ManagedPolicyArns"] as unknown[];
  if (managed !== undefined && !arns.includes(managed)) arns.push(managed);
  for (const policy of inline) {
    const policies = (role.properties["Policies"] ?? []) as Fields[];
    role.properties["Policies"] = policies;
    if (!policies.some((known) => sameValue(at(known, "PolicyDocument"), at(policy, "PolicyDocument"))))
      policies.push(policy);
  }
}
