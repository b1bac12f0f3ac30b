// Shows a device of the signed-in user. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetDevice.html

import type { GetDeviceInput, GetDeviceOutput } from "../../../../models/cognito-idp.d.ts";
import { authenticated } from "../../engine/access-token.ts";
import { findDevice } from "../../engine/devices.ts";
import { deviceDescription } from "../../rules/device.ts";
import { operation } from "../../store.ts";

export const getDevice = operation<GetDeviceInput, GetDeviceOutput>(async (input, context) => {
  const place = await authenticated(context, input.AccessToken ?? "");
  return { Device: deviceDescription(place.pool, place.user, findDevice(place, input.DeviceKey)) };
});
