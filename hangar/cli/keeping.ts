// Where a cloud's contents come from and stay: the options of `start` and `up`.

import { text, type Words } from "./command.ts";

export const keepingOptions = {
  persist: { type: "string", says: "folder that keeps everything from one start to the next (nothing is kept)" },
  snapshot: { type: "string", says: "folder of a snapshot to begin with, e.g. of a failed test" },
} as const;

export function keepingOf(words: Words): { readonly directory?: string; readonly snapshot?: string } {
  const [directory, snapshot] = [text(words, "persist"), text(words, "snapshot")];
  return { ...(directory === undefined ? {} : { directory }), ...(snapshot === undefined ? {} : { snapshot }) };
}
