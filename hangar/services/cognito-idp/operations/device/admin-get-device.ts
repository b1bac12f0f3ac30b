// Shows a user's device. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminGetDevice.html

import type { AdminGetDeviceInput, AdminGetDeviceOutput } from "../../../../models/cognito-idp.d.ts";
import { findDevice } from "../../engine/devices.ts";
import { findPool, findUser } from "../../engine/find.ts";
import { deviceDescription } from "../../rules/device.ts";
import { operation } from "../../store.ts";

export const adminGetDevice = operation<AdminGetDeviceInput, AdminGetDeviceOutput>((input, context) => {
  const place = findUser(findPool(context, input.UserPoolId), input.Username);
  return { Device: deviceDescription(place.pool, place.user, findDevice(place, input.DeviceKey)) };
});
