// Gives whom an identity provider vouches for a session of a role. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html

import type { Caller } from "../../../cloud/operation.ts";
import { notEmulated } from "../../../kernel/aws-error.ts";
import { isSignedByOneOf, parsed, type Jwt } from "../../../kernel/json-web-token.ts";
import type { AssumeRoleWithWebIdentityInput, AssumeRoleWithWebIdentityOutput } from "../../../models/sts.d.ts";
import type { AccessNeed, RoleFacts } from "../../../ports/access.ts";
import { accessDenied, expiredToken, invalidIdentityToken, validationError } from "../errors.ts";
import { credentialsAnswer } from "../rules/credentials.ts";
import { accountOfArn } from "../rules/role-arn.ts";
import { secondsWithin } from "../rules/session-length.ts";
import { packedSize, sessionPolicies } from "../rules/session-policies.ts";
import { sessionTags } from "../rules/session-tags.ts";
import { audiencesOf, claimKeys, tagsIn, type WebIdentity } from "../rules/web-identity.ts";
import { operation, type StsContext } from "../store.ts";

const IDENTITY_POOLS = "cognito-identity.amazonaws.com";

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

/** Believed: signed by its issuer, not over, and for an audience that the account knows. */
async function identityOf(context: StsContext, token: string, account: string): Promise<WebIdentity> {
  const jwt = parsed(token);
  if (jwt === undefined)
    throw invalidIdentityToken(
      "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)",
    );
  const issuer = String(jwt.claims["iss"]);
  if (issuer === `https://${IDENTITY_POOLS}`) {
    const claims = await context.ports.identityPools.verify(token);
    if (claims === undefined) throw unverified();
    if (claims === "expired") throw expired(context, jwt);
    return { principal: IDENTITY_POOLS, prefix: IDENTITY_POOLS, claims };
  }
  const prefix = issuer.replace(/^https:\/\//, "");
  const principal = `arn:aws:iam::${account}:oidc-provider/${prefix}`;
  const audiences = context.ports.access.oidcAudiences(principal);
  if (audiences === undefined)
    throw invalidIdentityToken(`No OpenIDConnect provider found in your account for ${issuer}`);
  const set = await context.ports.userPools.keySet(issuer);
  if (set === undefined)
    throw notEmulated(`tokens of ${issuer}: those of this cloud's own user pools and identity pools are taken`);
  if (!isSignedByOneOf(jwt, set.keys)) throw unverified();
  if (Number(jwt.claims["exp"]) <= context.clock.seconds()) throw expired(context, jwt);
  if (!audiencesOf(jwt.claims).some((each) => audiences.includes(each)))
    throw invalidIdentityToken("Incorrect token audience");
  return { principal, prefix, claims: jwt.claims };
}

function unverified(): Error {
  return invalidIdentityToken(
    "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements",
  );
}

function expired({ clock }: StsContext, { claims }: Jwt): Error {
  const end = Number(claims["exp"]);
  return expiredToken(
    `Token expired: current date/time ${clock.seconds()} must be before the expiration date/time ${end}`,
  );
}
