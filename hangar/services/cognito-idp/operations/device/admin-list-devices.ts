// Lists a user's devices. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminListDevices.html

import type { AdminListDevicesInput, AdminListDevicesOutput } from "../../../../models/cognito-idp.d.ts";
import { deviceList } from "../../engine/device-list.ts";
import { findPool, findUser } from "../../engine/find.ts";
import { operation } from "../../store.ts";

export const adminListDevices = operation<AdminListDevicesInput, AdminListDevicesOutput>((input, context) =>
  deviceList(findUser(findPool(context, input.UserPoolId), input.Username), input),
);
