// Devices that users sign in with: found, kept, changed and forgotten.

import { invalidParameter, notFound } from "../errors.ts";
import { tracksDevices, type DeviceKeys, type DeviceRow } from "../rules/device.ts";
import { keyIn, nameKey, type Place, type UserPlace, type UserRow } from "../store.ts";
import type { Flow } from "./sign-in.ts";

function deviceKey({ pool }: Place, user: UserRow, key: string): string {
  return keyIn(pool, nameKey(pool, user.username), key);
}

/** Where a user's devices are. */
export function devicesOf({ pool, user }: UserPlace): { readonly prefix: string } {
  return { prefix: keyIn(pool, nameKey(pool, user.username), "") };
}

export function deviceIfAny(place: Place, user: UserRow, key: string): DeviceRow | undefined {
  return place.store.devices.get(deviceKey(place, user, key));
}

export function findDevice({ user, ...place }: UserPlace, key: string): DeviceRow {
  const device = deviceIfAny(place, user, key);
  if (device === undefined) throw notFound("Device does not exist.");
  return device;
}

export function saveDevice({ user, ...place }: UserPlace, device: DeviceRow): void {
  place.store.devices.put(deviceKey(place, user, device.key), device);
}

export function forgetDevice(place: UserPlace, key: string): void {
  const { user, store } = place;
  findDevice(place, key);
  store.devices.delete(deviceKey(place, user, key));
}

export function setRemembered(place: UserPlace, key: string, status: string | undefined): void {
  if (status === undefined) throw invalidParameter("Device remembered status is required.");
  const device = findDevice(place, key);
  saveDevice(place, { ...device, remembered: status === "remembered", modified: place.context.clock.now() });
}

/** The device that the client says it is; throws for one that the user does not have. */
export function presentedDevice(flow: Flow, user: UserRow): DeviceRow | undefined {
  if (flow.device === undefined || !tracksDevices(flow.pool)) return undefined;
  return findDevice({ ...flow, user }, flow.device);
}

export type DeviceAtSignIn = DeviceKeys & { readonly isNew: boolean };

/** Undefined where the pool does not track devices. A new one is told to the client, which may confirm it. */
export function deviceAtSignIn(flow: Flow, user: UserRow): DeviceAtSignIn | undefined {
  const { pool, context } = flow;
  if (!tracksDevices(pool)) return undefined;
  const device = presentedDevice(flow, user);
  if (device === undefined)
    return { key: `${pool.region}_${context.ids.uuid()}`, group: `-${context.ids.alphanumeric(8)}`, isNew: true };
  const seen = { ...device, authenticated: context.clock.now(), address: context.request.sourceIp };
  saveDevice({ ...flow, user }, seen);
  return { key: device.key, group: device.group, isNew: false };
}
