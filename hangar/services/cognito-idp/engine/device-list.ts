// A user's devices, page by page.

import type { ListDevicesOutput } from "../../../models/cognito-idp.d.ts";
import { deviceDescription } from "../rules/device.ts";
import { pageOf, withNext } from "../rules/pages.ts";
import type { UserPlace } from "../store.ts";
import { devicesOf } from "./devices.ts";

type Asked = { readonly Limit?: number | undefined; readonly PaginationToken?: string | undefined };

export function deviceList(place: UserPlace, { Limit = 60, PaginationToken }: Asked): ListDevicesOutput {
  const { pool, store, user } = place;
  const { rows, next } = pageOf(store.devices, { ...devicesOf(place), most: Limit, token: PaginationToken });
  return {
    Devices: rows.map((device) => deviceDescription(pool, user, device)),
    ...withNext("PaginationToken", next),
  };
}
