// A signed-in user removes attributes. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserAttributes.html

import type { DeleteUserAttributesInput, DeleteUserAttributesOutput } from "../../../../models/cognito-idp.d.ts";
import { authenticated } from "../../engine/access-token.ts";
import { deleteAttributes } from "../../engine/delete-attributes.ts";
import { operation } from "../../store.ts";

export const deleteUserAttributes = operation<DeleteUserAttributesInput, DeleteUserAttributesOutput>(
  async (input, context) => {
    const { user, client, ...place } = await authenticated(context, input.AccessToken);
    deleteAttributes(place, user, input.UserAttributeNames, client);
    return {};
  },
);
