// What this machine's environment says that nobody else may know: credentials and whatever a variable's name calls a secret.

import { isSecretName } from "../comparison/secrets.ts";

/** A shorter one is a setting. */
const SHORTEST = 8;

export function knownSecrets(): readonly string[] {
  return Object.entries(process.env).flatMap(([name, value = ""]) =>
    value.length >= SHORTEST && isSecretName(name) ? [value] : [],
  );
}
