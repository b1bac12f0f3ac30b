// What each operation of STS needs: a role's trust policy speaks for it like a resource's own policy.

import type { AccessRule } from "../../cloud/service.ts";
import type { AssumeRoleInput, GetFederationTokenInput } from "../../models/sts.d.ts";
import type { AccessNeed } from "../../ports/access.ts";
import { accountOfArn } from "./rules/role-arn.ts";
import type { StsContext, tables } from "./store.ts";

type Rule = AccessRule<typeof tables>;

export const access: Readonly<Record<string, Rule>> = {
  GetCallerIdentity: () => [],
  GetSessionToken: () => [],
  GetAccessKeyInfo: () => [{ action: "sts:GetAccessKeyInfo", resource: "*" }],
  GetFederationToken: (input: GetFederationTokenInput, { caller }) => [
    { action: "sts:GetFederationToken", resource: `arn:aws:sts::${caller.account}:federated-user/${input.Name}` },
  ],
  AssumeRole: assumeRoleNeeds,
  // Unsigned: the operation asks for whoever the token speaks of.
  AssumeRoleWithWebIdentity: () => [],
};

function assumeRoleNeeds(input: AssumeRoleInput, { ports }: StsContext): readonly AccessNeed[] {
  // What is no ARN is the operation's to report.
  const owner = accountOfArn(input.RoleArn);
  if (owner === undefined) return [];
  const role = ports.access.role(input.RoleArn);
  const conditions: Record<string, string | string[]> = { "sts:RoleSessionName": input.RoleSessionName };
  if (input.ExternalId !== undefined) conditions["sts:ExternalId"] = input.ExternalId;
  if (input.SourceIdentity !== undefined) conditions["sts:SourceIdentity"] = input.SourceIdentity;
  if (input.Tags !== undefined && input.Tags.length > 0) conditions["aws:TagKeys"] = input.Tags.map((tag) => tag.Key);
  for (const tag of input.Tags ?? []) conditions[`aws:RequestTag/${tag.Key}`] = tag.Value;
  if (input.TransitiveTagKeys !== undefined && input.TransitiveTagKeys.length > 0)
    conditions["sts:TransitiveTagKeys"] = [...input.TransitiveTagKeys];
  const actions = [
    "sts:AssumeRole",
    ...((input.Tags?.length ?? 0) > 0 ? ["sts:TagSession"] : []),
    ...(input.SourceIdentity === undefined ? [] : ["sts:SetSourceIdentity"]),
  ];
  return actions.map((action) => ({ action, resource: input.RoleArn, policy: role?.trustPolicy, conditions, owner }));
}
