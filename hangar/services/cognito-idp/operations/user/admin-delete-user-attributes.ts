// Removes a user's attributes as an administrator. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminDeleteUserAttributes.html

import type {
  AdminDeleteUserAttributesInput,
  AdminDeleteUserAttributesOutput,
} from "../../../../models/cognito-idp.d.ts";
import { deleteAttributes } from "../../engine/delete-attributes.ts";
import { findPool, findUser } from "../../engine/find.ts";
import { operation } from "../../store.ts";

export const adminDeleteUserAttributes = operation<AdminDeleteUserAttributesInput, AdminDeleteUserAttributesOutput>(
  (input, context) => {
    const { user, ...place } = findUser(findPool(context, input.UserPoolId), input.Username);
    deleteAttributes(place, user, input.UserAttributeNames);
    return {};
  },
);
