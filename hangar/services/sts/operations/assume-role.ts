// Gives a caller that the role trusts a session of it. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html

import type { Caller } from "../../../cloud/operation.ts";
import { notEmulated } from "../../../kernel/aws-error.ts";
import type { AssumeRoleInput, AssumeRoleOutput } from "../../../models/sts.d.ts";
import type { AccessPort, RoleFacts } from "../../../ports/access.ts";
import { accessDenied, validationError } from "../errors.ts";
import { accountOfArn } from "../rules/role-arn.ts";
import { packedSize, sessionPolicies } from "../rules/session-policies.ts";
import { HOUR, secondsWithin } from "../rules/session-length.ts";
import { sessionTags } from "../rules/session-tags.ts";
import { operation } from "../store.ts";
import { credentialsAnswer } from "../rules/credentials.ts";

export const assumeRole = operation<AssumeRoleInput, AssumeRoleOutput>((input, { caller, ports }) => {
  const account = accountOfArn(input.RoleArn);
  if (account === undefined) throw validationError(`${input.RoleArn} is invalid`);
  if (input.SerialNumber !== undefined || input.TokenCode !== undefined)
    throw notEmulated("multi-factor authentication (SerialNumber, TokenCode)");
  if (input.ProvidedContexts !== undefined && input.ProvidedContexts.length > 0) throw notEmulated("ProvidedContexts");
  const role = ports.access.role(input.RoleArn);
  if (role === undefined)
    throw accessDenied(
      `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${input.RoleArn}`,
    );
  const seconds = sessionSeconds(input.DurationSeconds, role, caller);
  const { tags, transitive } = sessionTags(input, inheritedTags(caller, ports.access));
  const session: Caller = {
    kind: "role",
    account,
    arn: `arn:aws:sts::${account}:assumed-role/${role.name}/${input.RoleSessionName}`,
    userId: `${role.roleId}:${input.RoleSessionName}`,
    roleArn: role.arn,
    sessionName: input.RoleSessionName,
    sessionPolicies: sessionPolicies(input, ports.access),
    sessionTags: tags,
  };
  const size = packedSize(input);
  return {
    Credentials: credentialsAnswer(ports.access.issue({ caller: session, seconds, transitiveTagKeys: transitive })),
    AssumedRoleUser: { AssumedRoleId: session.userId, Arn: session.arn },
    ...(size === undefined ? {} : { PackedPolicySize: size }),
    ...(input.SourceIdentity === undefined ? {} : { SourceIdentity: input.SourceIdentity }),
  };
});

function sessionSeconds(asked: number | undefined, role: RoleFacts, caller: Caller): number {
  if (asked !== undefined && caller.kind === "role" && asked > HOUR)
    throw validationError(
      "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
    );
  return secondsWithin(role, asked);
}

function inheritedTags(caller: Caller, access: AccessPort): Record<string, string> {
  const keys = caller.accessKeyId === undefined ? [] : (access.keyOwner(caller.accessKeyId)?.transitiveTagKeys ?? []);
  const kept = new Set(keys.map((key) => key.toLowerCase()));
  return Object.fromEntries(Object.entries(caller.sessionTags ?? {}).filter(([key]) => kept.has(key.toLowerCase())));
}
