// Forgets a user's device. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminForgetDevice.html

import type { AdminForgetDeviceInput, AdminForgetDeviceOutput } from "../../../../models/cognito-idp.d.ts";
import { forgetDevice } from "../../engine/devices.ts";
import { findPool, findUser } from "../../engine/find.ts";
import { operation } from "../../store.ts";

export const adminForgetDevice = operation<AdminForgetDeviceInput, AdminForgetDeviceOutput>((input, context) => {
  forgetDevice(findUser(findPool(context, input.UserPoolId), input.Username), input.DeviceKey);
  return {};
});
