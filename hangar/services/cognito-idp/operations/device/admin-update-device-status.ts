// Has a user's device remembered, or no longer. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUpdateDeviceStatus.html

import type { AdminUpdateDeviceStatusInput, AdminUpdateDeviceStatusOutput } from "../../../../models/cognito-idp.d.ts";
import { setRemembered } from "../../engine/devices.ts";
import { findPool, findUser } from "../../engine/find.ts";
import { operation } from "../../store.ts";

export const adminUpdateDeviceStatus = operation<AdminUpdateDeviceStatusInput, AdminUpdateDeviceStatusOutput>(
  (input, context) => {
    const place = findUser(findPool(context, input.UserPoolId), input.Username);
    setRemembered(place, input.DeviceKey, input.DeviceRememberedStatus);
    return {};
  },
);
