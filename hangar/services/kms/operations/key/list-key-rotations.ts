// Lists the rotations of a key. https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeyRotations.html

import type { ListKeyRotationsInput, ListKeyRotationsOutput } from "../../../../models/kms.d.ts";
import { findKey } from "../../rules/find-key.ts";
import { pageOf } from "../../rules/pages.ts";
import { operation } from "../../store.ts";

export const listKeyRotations = operation<ListKeyRotationsInput, ListKeyRotationsOutput>((input, context) => {
  const key = findKey(context, input.KeyId);
  const { page, next } = pageOf(key.rotations, input);
  return {
    Rotations: page.map(({ at, type }) => ({ KeyId: key.id, RotationDate: new Date(at), RotationType: type })),
    ...next,
  };
});
