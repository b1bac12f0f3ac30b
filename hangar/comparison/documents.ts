// Documents that are written as text, as what they say.

import { dictionaryOf } from "../protocols/xml-dictionary.ts";

/** `{ "<json>": … }` or `{ "<xml>": … }`; undefined for any other text. */
export function documentOf(text: string): object | undefined {
  try {
    if (/^\s*[[{]/.test(text)) return { "<json>": JSON.parse(text) as unknown };
    if (/^\s*<\?xml\b|^<Error>/.test(text)) return { "<xml>": dictionaryOf(text) };
  } catch {
    // It only began like one.
  }
  return undefined;
}
