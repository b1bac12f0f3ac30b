// Function URLs hang on functions and aliases, never on versions.

import { validation } from "../errors.ts";

const PATTERN = "((?!^\\d+$)^[0-9a-zA-Z-_]+$)";

export function checkUrlQualifier(qualifier: string | undefined): void {
  if (qualifier === undefined || /^(?!\d+$)[0-9a-zA-Z-_]+$/.test(qualifier)) return;
  throw validation(
    `1 validation error detected: Value '${qualifier}' at 'qualifier' failed to satisfy constraint: Member must satisfy regular expression pattern: ${PATTERN}`,
  );
}
