// Answers credentials of the role that is an identity's: the enhanced flow. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetCredentialsForIdentity.html

import type {
  GetCredentialsForIdentityInput,
  GetCredentialsForIdentityOutput,
} from "../../../models/cognito-identity.d.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import type { AssumeRoleWithWebIdentityOutput } from "../../../models/sts.d.ts";
import { ownToken } from "../engine/own-token.ts";
import { methodsOf, signedIn } from "../engine/sign-in.ts";
import { tagsOfLogins } from "../engine/tags.ts";
import { badRoles } from "../errors.ts";
import { chosenRole } from "../rules/role-choice.ts";
import { UNAUTHENTICATED_POLICY } from "../rules/unauthenticated-policy.ts";
import { operation } from "../store.ts";

const MINUTE = 60;

export const getCredentialsForIdentity = operation<GetCredentialsForIdentityInput, GetCredentialsForIdentityOutput>(
  async ({ IdentityId, Logins, CustomRoleArn }, context) => {
    const place = await signedIn(context, IdentityId, Logins);
    const { pool, store, logins } = place;
    const RoleArn = chosenRole(store.roles.get(pool.IdentityPoolId) ?? { Roles: {} }, logins, CustomRoleArn);
    const said = { amr: methodsOf(place), seconds: MINUTE, tags: tagsOfLogins(place) };
    const input = {
      RoleArn,
      RoleSessionName: "CognitoIdentityCredentials",
      WebIdentityToken: await ownToken(context, place, said),
      ...(logins.length === 0 ? { Policy: UNAUTHENTICATED_POLICY } : {}),
    };
    try {
      const answer = await context.ports.api.call("sts", "AssumeRoleWithWebIdentity", input);
      const { Credentials: { SecretAccessKey: SecretKey, ...credentials } = {} } =
        answer as AssumeRoleWithWebIdentityOutput;
      return { IdentityId, Credentials: { ...credentials, SecretKey } };
    } catch (error) {
      if (error instanceof AwsError && /^(AccessDenied|ValidationError)$/.test(error.code)) throw badRoles();
      throw error;
    }
  },
);
