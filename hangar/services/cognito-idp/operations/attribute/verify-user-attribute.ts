// A signed-in user proves an address with its code. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_VerifyUserAttribute.html

import type { VerifyUserAttributeInput, VerifyUserAttributeOutput } from "../../../../models/cognito-idp.d.ts";
import { authenticated } from "../../engine/access-token.ts";
import { proveCode } from "../../engine/codes.ts";
import { claimAliases, saveUser } from "../../engine/users.ts";
import { operation, type UserRow } from "../../store.ts";

export const verifyUserAttribute = operation<VerifyUserAttributeInput, VerifyUserAttributeOutput>(
  async (input, context) => {
    const { user, ...place } = await authenticated(context, input.AccessToken);
    const name = input.AttributeName;
    proveCode(place, user, `verify:${name}`, input.Code);
    const { [name]: value = user.attributes[name] ?? "", ...pending } = user.pending ?? {};
    const attributes = { ...user.attributes, [name]: value, [`${name}_verified`]: "true" };
    const changed: UserRow = { ...user, attributes, pending, modified: context.clock.now() };
    claimAliases(place, changed);
    saveUser(place, changed);
    return {};
  },
);
