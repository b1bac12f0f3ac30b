// A signed-in user changes their attributes. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserAttributes.html

import type { UpdateUserAttributesInput, UpdateUserAttributesOutput } from "../../../../models/cognito-idp.d.ts";
import { authenticated } from "../../engine/access-token.ts";
import { changeAttributes } from "../../engine/change-attributes.ts";
import { attributesOf } from "../../rules/attributes.ts";
import { operation } from "../../store.ts";

export const updateUserAttributes = operation<UpdateUserAttributesInput, UpdateUserAttributesOutput>(
  async (input, context) => {
    const { user, client, ...place } = await authenticated(context, input.AccessToken);
    const given = attributesOf(input.UserAttributes);
    const change = { given, client, metadata: input.ClientMetadata };
    return { CodeDeliveryDetailsList: await changeAttributes(place, user, change) };
  },
);
