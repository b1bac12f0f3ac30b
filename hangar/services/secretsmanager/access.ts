// What each operation of Secrets Manager needs: the caller's policies and the secret's own.

import type { AccessRule } from "../../cloud/service.ts";
import type { AccessNeed } from "../../ports/access.ts";
import { secretIfAny } from "./rules/find-secret.ts";
import type { SecretsContext, tables, Tag } from "./store.ts";

type Rule = AccessRule<typeof tables>;
type Input = {
  readonly SecretId?: string;
  readonly VersionId?: string;
  readonly VersionStage?: string;
  readonly Tags?: readonly Tag[];
  readonly TagKeys?: readonly string[];
};

function need(action: string, input: Input, context: SecretsContext): AccessNeed {
  const given = input.SecretId ?? "";
  const secret = secretIfAny(context, given);
  const { region, account } = context;
  const resource =
    secret?.arn ?? (given.startsWith("arn:") ? given : `arn:aws:secretsmanager:${region}:${account}:secret:${given}`);
  const conditions: Record<string, string | readonly string[]> = {
    "secretsmanager:SecretId": resource,
    ...tagConditions(input),
  };
  if (input.VersionId !== undefined) conditions["secretsmanager:VersionId"] = input.VersionId;
  if (action.endsWith("GetSecretValue")) conditions["secretsmanager:VersionStage"] = input.VersionStage ?? "AWSCURRENT";
  for (const { Key, Value } of secret?.tags ?? []) {
    conditions[`aws:ResourceTag/${Key}`] = Value;
    conditions[`secretsmanager:ResourceTag/${Key}`] = Value;
  }
  return { action: `secretsmanager:${action}`, resource, policy: secret?.policy, conditions, owner: secret?.account };
}

function tagConditions({ Tags = [], TagKeys }: Input): Record<string, string | readonly string[]> {
  const keys = TagKeys ?? Tags.map((tag) => tag.Key);
  return {
    ...(keys.length > 0 ? { "aws:TagKeys": keys } : {}),
    ...Object.fromEntries(Tags.map((tag) => [`aws:RequestTag/${tag.Key}`, tag.Value])),
  };
}

const ON_SECRET =
  "GetSecretValue PutSecretValue UpdateSecret DescribeSecret DeleteSecret RestoreSecret ListSecretVersionIds UpdateSecretVersionStage TagResource UntagResource PutResourcePolicy GetResourcePolicy DeleteResourcePolicy CancelRotateSecret";

export const access: Readonly<Record<string, Rule>> = {
  ...Object.fromEntries(
    ON_SECRET.split(" ").map((action): [string, Rule] => [
      action,
      (input: Input, context) => [need(action, input, context)],
    ]),
  ),
  CreateSecret: (input: Input & { readonly Name: string }, { region, account }) => {
    const resource = `arn:aws:secretsmanager:${region}:${account}:secret:${input.Name}`;
    const conditions = { "secretsmanager:Name": input.Name, ...tagConditions(input) };
    const create = { action: "secretsmanager:CreateSecret", resource, conditions };
    return (input.Tags?.length ?? 0) > 0
      ? [create, { action: "secretsmanager:TagResource", resource, conditions }]
      : [create];
  },
  RotateSecret: (input: Input & { readonly RotationLambdaARN?: string }, context) => {
    const rotate = need("RotateSecret", input, context);
    if (input.RotationLambdaARN === undefined) return [rotate];
    const conditions = { ...rotate.conditions, "secretsmanager:RotationLambdaARN": input.RotationLambdaARN };
    return [
      { ...rotate, conditions },
      { action: "lambda:InvokeFunction", resource: input.RotationLambdaARN },
    ];
  },
  ListSecrets: () => [{ action: "secretsmanager:ListSecrets", resource: "*" }],
  BatchGetSecretValue: () => [{ action: "secretsmanager:BatchGetSecretValue", resource: "*" }],
  GetRandomPassword: () => [{ action: "secretsmanager:GetRandomPassword", resource: "*" }],
  ValidateResourcePolicy: (input: Input, context) => [
    input.SecretId === undefined
      ? { action: "secretsmanager:ValidateResourcePolicy", resource: "*" }
      : need("ValidateResourcePolicy", input, context),
  ],
};
