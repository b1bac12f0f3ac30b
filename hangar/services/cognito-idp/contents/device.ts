// Cognito's operations on users' devices, by API name.

import { adminForgetDevice } from "../operations/device/admin-forget-device.ts";
import { adminGetDevice } from "../operations/device/admin-get-device.ts";
import { adminListDevices } from "../operations/device/admin-list-devices.ts";
import { adminUpdateDeviceStatus } from "../operations/device/admin-update-device-status.ts";
import { confirmDevice } from "../operations/device/confirm-device.ts";
import { forgetDevice } from "../operations/device/forget-device.ts";
import { getDevice } from "../operations/device/get-device.ts";
import { listDevices } from "../operations/device/list-devices.ts";
import { updateDeviceStatus } from "../operations/device/update-device-status.ts";

export const deviceOperations = {
  AdminForgetDevice: adminForgetDevice,
  AdminGetDevice: adminGetDevice,
  AdminListDevices: adminListDevices,
  AdminUpdateDeviceStatus: adminUpdateDeviceStatus,
  ConfirmDevice: confirmDevice,
  ForgetDevice: forgetDevice,
  GetDevice: getDevice,
  ListDevices: listDevices,
  UpdateDeviceStatus: updateDeviceStatus,
};
