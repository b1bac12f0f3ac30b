// SimulatePrincipalPolicy and SimulateCustomPolicy: the evaluator asked without a call.

import type { Caller } from "../../../cloud/operation.ts";
import { parseArn } from "../../../kernel/arn.ts";
import type { EvaluationResult, SimulateCustomPolicyInput } from "../../../models/iam.d.ts";
import type { AccessNeed } from "../../../ports/access.ts";
import { invalidInput, noSuchEntity } from "../errors.ts";
import { accountStore, nameKey, type Holder, type IamContext } from "../store.ts";
import { managedPolicyAt } from "./caller-policies.ts";
import { lookupFor } from "./condition-keys.ts";
import { decideNeed, type CallerPolicies, type Outcome } from "./decide.ts";
import { compiledPolicy } from "./policy-document.ts";

type Input = Pick<
  SimulateCustomPolicyInput,
  | "ActionNames"
  | "ResourceArns"
  | "ResourcePolicy"
  | "ResourceOwner"
  | "CallerArn"
  | "ContextEntries"
  | "PermissionsBoundaryPolicyInputList"
>;
type Sources = {
  readonly identity: readonly string[];
  readonly source: string | undefined;
  readonly boundary?: string | undefined;
};

export function simulate(context: IamContext, input: Input, sources: Sources): EvaluationResult[] {
  const boundary = input.PermissionsBoundaryPolicyInputList?.[0] ?? sources.boundary;
  const policies: CallerPolicies = {
    root: false,
    identity: sources.identity.map((text) => compiledPolicy(text)),
    boundary: boundary === undefined ? undefined : compiledPolicy(boundary),
    session: undefined,
  };
  const caller = callerAt(
    input.CallerArn ?? sources.source ?? `arn:aws:iam::${context.account}:user/simulated`,
    context.account,
  );
  const keys = Object.fromEntries(
    (input.ContextEntries ?? []).map((entry) => [entry.ContextKeyName ?? "", entry.ContextKeyValues ?? []]),
  );
  const policy = input.ResourcePolicy === undefined ? undefined : compiledPolicy(input.ResourcePolicy);
  const owner =
    input.ResourceOwner === undefined ? undefined : (parseArn(input.ResourceOwner)?.account ?? input.ResourceOwner);
  return input.ActionNames.flatMap((action) =>
    (input.ResourceArns ?? ["*"]).map((resource) => {
      const need: AccessNeed = { action, resource, owner };
      const lookup = lookupFor({ caller, need, context: keys, principalTags: {}, now: context.clock.now() });
      return resultOf(need, decideNeed(caller, policies, { need, policy, lookup }));
    }),
  );
}

function resultOf(need: AccessNeed, outcome: Outcome): EvaluationResult {
  const decision = outcome.allowed ? "allowed" : outcome.statement === undefined ? "implicitDeny" : "explicitDeny";
  const sid = (outcome.statement?.source as { readonly Sid?: unknown } | undefined)?.Sid;
  const matched =
    outcome.statement === undefined
      ? []
      : [{ SourcePolicyId: typeof sid === "string" ? sid : "PolicyInputList.1", SourcePolicyType: "IAM Policy" }];
  return {
    EvalActionName: need.action,
    EvalResourceName: need.resource,
    EvalDecision: decision,
    MatchedStatements: matched,
    MissingContextValues: [],
    OrganizationsDecisionDetail: { AllowedByOrganizations: true },
    ...(outcome.kind === "permissions boundary"
      ? { PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false } }
      : {}),
    EvalDecisionDetails: {},
    ResourceSpecificResults: [
      {
        EvalResourceName: need.resource,
        EvalResourceDecision: decision,
        MatchedStatements: matched,
        MissingContextValues: [],
      },
    ],
  };
}

function callerAt(arn: string, account: string): Caller {
  const name = arn.slice(arn.lastIndexOf("/") + 1);
  if (arn.includes(":role/"))
    return { kind: "role", account: parseArn(arn)?.account ?? account, arn, userId: name, roleArn: arn };
  return { kind: "user", account: parseArn(arn)?.account ?? account, arn, userId: name, userName: name };
}

export type SourcePolicies = {
  readonly arn: string;
  readonly documents: readonly string[];
  readonly boundary: string | undefined;
};

/** The documents on a user (its groups' too), group or role. */
export function sourcePolicies(context: IamContext, arn: string): SourcePolicies {
  const match = /^arn:aws:iam::\d{12}:(user|group|role)\/(?:.*\/)?([^/]+)$/.exec(arn);
  if (match === null) throw invalidInput(`Invalid Entity Arn: ${arn} does not clearly define entity type and name.`);
  const [, kind = "", name = ""] = match;
  const store = accountStore(context);
  const key = nameKey(name);
  const holder: (Holder & { readonly boundary?: string | undefined; readonly groups?: readonly string[] }) | undefined =
    kind === "user" ? store.users.get(key) : kind === "group" ? store.groups.get(key) : store.roles.get(key);
  if (holder === undefined) throw noSuchEntity(`The ${kind} with name ${name} cannot be found.`);
  const groups = (holder.groups ?? []).flatMap((group) => store.groups.get(nameKey(group)) ?? []);
  const text = (policy: string): string => textOf(managedPolicyAt(store, policy));
  const documents = [holder, ...groups].flatMap((each) => [...Object.values(each.inline), ...each.attached.map(text)]);
  return { arn, documents, boundary: holder.boundary === undefined ? undefined : text(holder.boundary) };
}

function textOf(document: string | object | undefined): string {
  return typeof document === "string" ? document : JSON.stringify(document ?? {});
}
