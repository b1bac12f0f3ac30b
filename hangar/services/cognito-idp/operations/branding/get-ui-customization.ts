// Shows style and logo of a client's hosted pages, or those of all clients. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUICustomization.html

import type { GetUICustomizationInput, GetUICustomizationOutput } from "../../../../models/cognito-idp.d.ts";
import { clientIn, findPool } from "../../engine/find.ts";
import { customizationOf, customizationShown } from "../../engine/ui-customization.ts";
import { ALL_CLIENTS } from "../../rules/ui-customization.ts";
import { operation } from "../../store.ts";

export const getUiCustomization = operation<GetUICustomizationInput, GetUICustomizationOutput>(
  ({ UserPoolId, ClientId: client = ALL_CLIENTS }, context) => {
    const place = findPool(context, UserPoolId);
    if (client !== ALL_CLIENTS) clientIn(place, client);
    const row = customizationOf(place, client);
    return { UICustomization: row === undefined ? {} : customizationShown(place, row) };
  },
);
