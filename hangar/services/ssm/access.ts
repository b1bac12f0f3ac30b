// What each operation of Parameter Store needs.

import type { AccessRule } from "../../cloud/service.ts";
import type { AccessNeed } from "../../ports/access.ts";
import { askedFor, parameterArn } from "./rules/parameter-names.ts";
import type { SsmContext, tables, Tag } from "./store.ts";

type Rule = AccessRule<typeof tables>;

function need(action: string, name: string, context: SsmContext): AccessNeed {
  const resource = name.startsWith("arn:")
    ? name.split(":").slice(0, 6).join(":")
    : parameterArn(askedFor(name).name, context);
  const tags = context.store.parameters.get(askedFor(name).name)?.tags ?? [];
  return {
    action: `ssm:${action}`,
    resource,
    conditions: Object.fromEntries(tags.map((tag) => [`aws:ResourceTag/${tag.Key}`, tag.Value])),
  };
}

const named =
  (action: string): Rule =>
  ({ Name }: { readonly Name: string }, context) => [need(action, Name, context)];

const listed =
  (action: string): Rule =>
  ({ Names }: { readonly Names: readonly string[] }, context) =>
    Names.map((name) => need(action, name, context));

const tagged =
  (action: string): Rule =>
  ({ ResourceId }: { readonly ResourceId: string }, context) => [need(action, ResourceId, context)];

export const access: Readonly<Record<string, Rule>> = {
  PutParameter: (input: { readonly Name: string; readonly Tags?: readonly Tag[] }, context) => {
    const put = need("PutParameter", input.Name, context);
    const tags = input.Tags ?? [];
    if (tags.length === 0) return [put];
    const conditions = {
      ...put.conditions,
      ...Object.fromEntries(tags.map((tag) => [`aws:RequestTag/${tag.Key}`, tag.Value])),
      "aws:TagKeys": tags.map((tag) => tag.Key),
    };
    return [
      { ...put, conditions },
      { ...put, action: "ssm:AddTagsToResource", conditions },
    ];
  },
  GetParameter: named("GetParameter"),
  GetParameters: listed("GetParameters"),
  GetParametersByPath: ({ Path }: { readonly Path: string }, context) => [
    { ...need("GetParametersByPath", Path.length > 1 ? Path.replace(/\/$/, "") : Path, context) },
  ],
  GetParameterHistory: named("GetParameterHistory"),
  DescribeParameters: (_input, { region, account }) => [
    { action: "ssm:DescribeParameters", resource: `arn:aws:ssm:${region}:${account}:*` },
  ],
  LabelParameterVersion: named("LabelParameterVersion"),
  UnlabelParameterVersion: named("UnlabelParameterVersion"),
  DeleteParameter: named("DeleteParameter"),
  DeleteParameters: listed("DeleteParameters"),
  AddTagsToResource: tagged("AddTagsToResource"),
  RemoveTagsFromResource: tagged("RemoveTagsFromResource"),
  ListTagsForResource: tagged("ListTagsForResource"),
};
