// The signed-in user has a device remembered, or no longer. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateDeviceStatus.html

import type { UpdateDeviceStatusInput, UpdateDeviceStatusOutput } from "../../../../models/cognito-idp.d.ts";
import { authenticated } from "../../engine/access-token.ts";
import { setRemembered } from "../../engine/devices.ts";
import { operation } from "../../store.ts";

export const updateDeviceStatus = operation<UpdateDeviceStatusInput, UpdateDeviceStatusOutput>(
  async (input, context) => {
    setRemembered(await authenticated(context, input.AccessToken), input.DeviceKey, input.DeviceRememberedStatus);
    return {};
  },
);
