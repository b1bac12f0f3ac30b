// Changes a user's attributes as an administrator. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUpdateUserAttributes.html

import type {
  AdminUpdateUserAttributesInput,
  AdminUpdateUserAttributesOutput,
} from "../../../../models/cognito-idp.d.ts";
import { changeAttributes } from "../../engine/change-attributes.ts";
import { findPool, findUser } from "../../engine/find.ts";
import { attributesOf } from "../../rules/attributes.ts";
import { operation } from "../../store.ts";

export const adminUpdateUserAttributes = operation<AdminUpdateUserAttributesInput, AdminUpdateUserAttributesOutput>(
  async (input, context) => {
    const { user, ...place } = findUser(findPool(context, input.UserPoolId), input.Username);
    await changeAttributes(place, user, { given: attributesOf(input.UserAttributes), metadata: input.ClientMetadata });
    return {};
  },
);
