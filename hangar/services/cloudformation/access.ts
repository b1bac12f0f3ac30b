// What each operation of CloudFormation needs: an action on a stack, known by name or id.

import type { AccessRule } from "../../cloud/service.ts";
import type { Context } from "../../cloud/operation.ts";
import type { AccessNeed } from "../../ports/access.ts";
import type { Tables } from "./store.ts";
import { findStack } from "./workers/find-stack.ts";

type Rule = AccessRule<Tables>;
type Input = Readonly<Record<string, unknown>>;

function stackArn(name: unknown, context: Context<Tables>): string {
  const text = typeof name === "string" ? name : "";
  if (text.startsWith("arn:")) return text;
  return findStack(text, context)?.id ?? `arn:aws:cloudformation:${context.region}:${context.account}:stack/${text}/*`;
}

/** The conditions that policies on these operations may have. */
function conditionsOf(input: Input): Record<string, string | readonly string[]> {
  const out: Record<string, string | readonly string[]> = {};
  if (typeof input["RoleARN"] === "string") out["cloudformation:RoleArn"] = input["RoleARN"];
  if (typeof input["TemplateURL"] === "string") out["cloudformation:TemplateUrl"] = input["TemplateURL"];
  if (typeof input["ChangeSetName"] === "string") out["cloudformation:ChangeSetName"] = input["ChangeSetName"];
  if (Array.isArray(input["ResourceTypes"])) out["cloudformation:ResourceTypes"] = input["ResourceTypes"] as string[];
  for (const tag of (input["Tags"] ?? []) as readonly { readonly Key?: string; readonly Value?: string }[])
    out[`aws:RequestTag/${tag.Key ?? ""}`] = tag.Value ?? "";
  return out;
}

function onStack(action: string): Rule {
  return (input: Input, context) => [
    {
      action: `cloudformation:${action}`,
      resource: stackArn(input["StackName"] ?? stackOfChangeSet(input, context), context),
      conditions: conditionsOf(input),
    },
    ...passedRole(input),
  ];
}

/** CloudFormation acts as the role: whoever hands it over must be allowed to. */
function passedRole(input: Input): AccessNeed[] {
  const role = input["RoleARN"];
  return typeof role === "string"
    ? [
        {
          action: "iam:PassRole",
          resource: role,
          conditions: { "iam:PassedToService": "cloudformation.amazonaws.com" },
        },
      ]
    : [];
}

function stackOfChangeSet(input: Input, context: Context<Tables>): string | undefined {
  const name = input["ChangeSetName"];
  return typeof name === "string" ? context.store.changeSets.get(name)?.stackId : undefined;
}

function onNothing(action: string): Rule {
  return () => [{ action: `cloudformation:${action}`, resource: "*" }];
}

const STACK = [
  "CancelUpdateStack",
  "ContinueUpdateRollback",
  "CreateChangeSet",
  "CreateStack",
  "DeleteChangeSet",
  "DeleteStack",
  "DescribeChangeSet",
  "DescribeEvents",
  "DescribeStackEvents",
  "DescribeStackResource",
  "DescribeStackResourceDrifts",
  "DescribeStackResources",
  "DetectStackDrift",
  "DetectStackResourceDrift",
  "ExecuteChangeSet",
  "GetStackPolicy",
  "GetTemplate",
  "ListChangeSets",
  "ListStackResources",
  "RollbackStack",
  "SetStackPolicy",
  "UpdateStack",
  "UpdateTerminationProtection",
];
const NOTHING = [
  "DescribeStackDriftDetectionStatus",
  "DescribeType",
  "GetHookResult",
  "ListExports",
  "ListHookResults",
  "ListImports",
  "ListStacks",
  "ValidateTemplate",
];

export const access: Readonly<Record<string, Rule>> = {
  ...Object.fromEntries(STACK.map((action) => [action, onStack(action)])),
  ...Object.fromEntries(NOTHING.map((action) => [action, onNothing(action)])),
  DescribeStacks: (input: Input, context) => [
    {
      action: "cloudformation:DescribeStacks",
      resource: input["StackName"] === undefined ? "*" : stackArn(input["StackName"], context),
    },
  ],
  GetTemplateSummary: (input: Input, context) => [
    {
      action: "cloudformation:GetTemplateSummary",
      resource: input["StackName"] === undefined ? "*" : stackArn(input["StackName"], context),
    },
  ],
};
