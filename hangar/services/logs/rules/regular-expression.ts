// The regular expressions that filter patterns may hold between percent signs.

import { invalidParameter } from "../errors.ts";

export function regularExpression(source: string): RegExp {
  try {
    return new RegExp(source);
  } catch {
    throw invalidParameter("Invalid filter pattern");
  }
}
