// Sets style and logo of hosted pages: what is not given is taken away. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUICustomization.html

import type { SetUICustomizationInput, SetUICustomizationOutput } from "../../../../models/cognito-idp.d.ts";
import { poolDomains } from "../../engine/domains.ts";
import { clientIn, findPool } from "../../engine/find.ts";
import { customizationShown } from "../../engine/ui-customization.ts";
import { invalidParameter } from "../../errors.ts";
import { ALL_CLIENTS, checkCss, checkImage } from "../../rules/ui-customization.ts";
import { keyIn, operation } from "../../store.ts";

export const setUiCustomization = operation<SetUICustomizationInput, SetUICustomizationOutput>(
  ({ UserPoolId, ClientId: client = ALL_CLIENTS, CSS, ImageFile }, context) => {
    const place = findPool(context, UserPoolId);
    const { pool, store } = place;
    if (client !== ALL_CLIENTS) clientIn(place, client);
    if (poolDomains(store, pool.id).length === 0)
      throw invalidParameter("There has to be an existing domain associated with this user pool");
    if (CSS !== undefined) checkCss(CSS);
    if (ImageFile !== undefined) checkImage(ImageFile);
    const now = context.clock.now();
    const created = store.uiCustomizations.get(keyIn(pool, client))?.created ?? now;
    const row = { client, css: CSS, image: ImageFile, created, modified: now };
    if (CSS === undefined && ImageFile === undefined) store.uiCustomizations.delete(keyIn(pool, client));
    else store.uiCustomizations.put(keyIn(pool, client), row);
    return { UICustomization: customizationShown(place, row) };
  },
);
