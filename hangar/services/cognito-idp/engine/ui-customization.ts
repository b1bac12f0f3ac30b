// The look of a client's hosted pages: its own, else that of all clients.

import type { UICustomizationType } from "../../../models/cognito-idp.d.ts";
import { ALL_CLIENTS, uiDescription, type UiCustomizationRow } from "../rules/ui-customization.ts";
import { keyIn, type Place } from "../store.ts";
import { hostedOrigin } from "./hosted-address.ts";

export const LOGO_PATH = "/assets/logo/";

export function customizationOf({ pool, store }: Place, client: string): UiCustomizationRow | undefined {
  return store.uiCustomizations.get(keyIn(pool, client)) ?? store.uiCustomizations.get(keyIn(pool, ALL_CLIENTS));
}

export function customizationShown(place: Place, row: UiCustomizationRow): UICustomizationType {
  const imageUrl = `${hostedOrigin(place)}${LOGO_PATH}${row.client}`;
  return uiDescription(row, { pool: place.pool.id, imageUrl });
}
