// Lists the devices of the signed-in user. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListDevices.html

import type { ListDevicesInput, ListDevicesOutput } from "../../../../models/cognito-idp.d.ts";
import { authenticated } from "../../engine/access-token.ts";
import { deviceList } from "../../engine/device-list.ts";
import { operation } from "../../store.ts";

export const listDevices = operation<ListDevicesInput, ListDevicesOutput>(async (input, context) =>
  deviceList(await authenticated(context, input.AccessToken), input),
);
