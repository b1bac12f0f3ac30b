// Rotation: new material for new ciphertexts; old ones open with the old.

import type { Key, KmsContext, Rotation } from "../store.ts";
import { disabled, unsupported } from "../errors.ts";
import { checkNotPending } from "./find-key.ts";
import { symmetricMaterial } from "./material.ts";

const DAY = 86_400_000;

export function checkRotatable(key: Key): void {
  if (key.state === "Disabled") throw disabled(key.arn);
  checkNotPending(key);
  if (key.spec !== "SYMMETRIC_DEFAULT") throw unsupported("");
}

export function rotated(context: KmsContext, key: Key, type: Rotation["type"]): Key {
  return {
    ...key,
    material: [...key.material, symmetricMaterial(context.ids)],
    rotations: [...key.rotations, { at: context.clock.now(), type }],
  };
}

export function withRotation(context: KmsContext, key: Key, days: number): Key {
  if (key.rotation !== undefined) context.scheduler.cancel(key.rotation.work);
  const next = context.clock.now() + days * DAY;
  return { ...key, rotation: { days, next, work: context.scheduler.at(next, "kms.rotateKey", { id: key.id }) } };
}

export function withoutRotation(context: KmsContext, key: Key): Key {
  if (key.rotation !== undefined) context.scheduler.cancel(key.rotation.work);
  return { ...key, rotation: undefined };
}
