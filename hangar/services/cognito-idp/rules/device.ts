// A user's device: the row, how it is shown, and what a pool does with devices.
// https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-device-tracking.html

import type { DeviceType } from "../../../models/cognito-idp.d.ts";
import type { PoolRow, UserRow, Verifier } from "../store.ts";

/** What a client is told of a device before it is one. */
export type DeviceKeys = { readonly key: string; readonly group: string };

/** Times are milliseconds. */
export type DeviceRow = DeviceKeys & {
  readonly name: string;
  readonly verifier: Verifier;
  readonly remembered: boolean;
  readonly created: number;
  readonly modified: number;
  readonly authenticated: number;
  readonly address: string;
};

export function tracksDevices({ settings }: Pick<PoolRow, "settings">): boolean {
  return Object.keys(settings.DeviceConfiguration ?? {}).length > 0;
}

/** Whether a remembered device stands for the second factor. */
export function devicesReplaceFactors({ settings }: Pick<PoolRow, "settings">): boolean {
  return settings.DeviceConfiguration?.ChallengeRequiredOnNewDevice === true;
}

export function remembersOnlyIfAsked({ settings }: Pick<PoolRow, "settings">): boolean {
  return settings.DeviceConfiguration?.DeviceOnlyRememberedOnUserPrompt === true;
}

export function deviceDescription({ id, region, account }: PoolRow, user: UserRow, device: DeviceRow): DeviceType {
  const owner = `${user.username}.${id}`;
  const attributes = {
    device_status: "valid",
    device_name: device.name,
    "dev:device_arn": `arn:aws:cognito-idp:${region}:${account}:owner/${owner}/device/${device.key}`,
    "dev:device_owner": owner,
    last_ip_used: device.address,
    "dev:device_remembered_status": device.remembered ? "remembered" : "not_remembered",
    "dev:device_sdk": "aws-sdk",
  };
  return {
    DeviceKey: device.key,
    DeviceAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
    DeviceCreateDate: new Date(device.created),
    DeviceLastModifiedDate: new Date(device.modified),
    DeviceLastAuthenticatedDate: new Date(device.authenticated),
  };
}
