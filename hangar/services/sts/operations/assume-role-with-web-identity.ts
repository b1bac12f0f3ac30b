// Gives whom an identity provider vouches for a session of a role. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html

import type { Caller } from "../../../cloud/operation.ts";
import { notEmulated } from "../../../kernel/aws-error.ts";
import type { AssumeRoleWithWebIdentityInput, AssumeRoleWithWebIdentityOutput } from "../../../models/sts.d.ts";
import type { AccessNeed, RoleFacts } from "../../../ports/access.ts";
import { identityOf } from "../engine/identity-of.ts";
import { accessDenied, validationError } from "../errors.ts";
import { credentialsAnswer } from "../rules/credentials.ts";
import { accountOfArn } from "../rules/role-arn.ts";
import { secondsWithin } from "../rules/session-length.ts";
import { packedSize, sessionPolicies } from "../rules/session-policies.ts";
import { sessionTags } from "../rules/session-tags.ts";
import { audiencesOf, claimKeys, tagsIn, type WebIdentity } from "../rules/web-identity.ts";
import { operation, type StsContext } from "../store.ts";

export const assumeRoleWithWebIdentity = operation<AssumeRoleWithWebIdentityInput, AssumeRoleWithWebIdentityOutput>(
  async (input, context) => {
    const { RoleArn, RoleSessionName, WebIdentityToken, ProviderId, DurationSeconds } = input;
    const { access } = context.ports;
    const account = accountOfArn(RoleArn);
    if (account === undefined) throw validationError(`${RoleArn} is invalid`);
    if (ProviderId !== undefined) throw notEmulated("OAuth 2.0 access tokens of web identities (ProviderId)");
    const identity = await identityOf(context, WebIdentityToken, account);
    const { tags, transitive } = sessionTags(tagsIn(identity.claims), {});
    const role = access.role(RoleArn);
    if (role === undefined || !isTrusted(context, role, identity))
      throw accessDenied("Not authorized to perform sts:AssumeRoleWithWebIdentity");
    const caller: Caller = {
      kind: "role",
      account,
      arn: `arn:aws:sts::${account}:assumed-role/${role.name}/${RoleSessionName}`,
      userId: `${role.roleId}:${RoleSessionName}`,
      roleArn: role.arn,
      sessionName: RoleSessionName,
      sessionPolicies: sessionPolicies(input, access),
      sessionTags: tags,
      federation: claimKeys(identity),
    };
    const seconds = secondsWithin(role, DurationSeconds);
    const size = packedSize(input);
    return {
      Credentials: credentialsAnswer(access.issue({ caller, seconds, transitiveTagKeys: transitive })),
      AssumedRoleUser: { AssumedRoleId: caller.userId, Arn: caller.arn },
      SubjectFromWebIdentityToken: String(identity.claims["sub"]),
      Provider: identity.principal,
      Audience: audiencesOf(identity.claims)[0] ?? "",
      ...(size === undefined ? {} : { PackedPolicySize: size }),
    };
  },
);

/** Nothing is known of the caller but who vouches for it. */
function isTrusted({ ports }: StsContext, role: RoleFacts, identity: WebIdentity): boolean {
  const owner = accountOfArn(role.arn) ?? "";
  const caller: Caller = { kind: "anonymous", account: owner, arn: identity.principal, userId: "anonymous" };
  const { Tags } = tagsIn(identity.claims);
  const conditions = {
    ...claimKeys(identity),
    ...Object.fromEntries(Tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value])),
    ...(Tags.length === 0 ? {} : { "aws:TagKeys": Tags.map(({ Key }) => Key) }),
  };
  const actions = ["sts:AssumeRoleWithWebIdentity", ...(Tags.length === 0 ? [] : ["sts:TagSession"])];
  const needs: AccessNeed[] = actions.map((action) => ({
    action,
    resource: role.arn,
    policy: role.trustPolicy,
    conditions,
    owner,
  }));
  return ports.access.decide(caller, needs, {}).allowed;
}
