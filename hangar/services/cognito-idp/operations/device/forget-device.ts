// Forgets a device of the signed-in user. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ForgetDevice.html

import type { ForgetDeviceInput, ForgetDeviceOutput } from "../../../../models/cognito-idp.d.ts";
import { authenticated } from "../../engine/access-token.ts";
import { forgetDevice as forget } from "../../engine/devices.ts";
import { operation } from "../../store.ts";

export const forgetDevice = operation<ForgetDeviceInput, ForgetDeviceOutput>(async (input, context) => {
  forget(await authenticated(context, input.AccessToken ?? ""), input.DeviceKey);
  return {};
});
