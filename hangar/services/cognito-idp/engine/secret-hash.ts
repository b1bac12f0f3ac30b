// Whether a call comes from an app that knows its client's secret.

import { createHmac } from "node:crypto";
import { notAuthorized } from "../errors.ts";
import type { ClientRow } from "../store.ts";

/** Of `username` as it was given, with the client's id. */
export function checkSecretHash({ id, secrets }: ClientRow, username: string, given: string | undefined): void {
  if (secrets.length === 0) {
    if (given === undefined) return;
    throw notAuthorized(`Client ${id} is not configured for secret but secret was received`);
  }
  if (given === undefined)
    throw notAuthorized(`Client ${id} is configured with secret but SECRET_HASH was not received`);
  const hashes = secrets.map(({ value }) =>
    createHmac("sha256", value)
      .update(username + id)
      .digest("base64"),
  );
  if (!hashes.includes(given)) throw notAuthorized(`SecretHash does not match for the client: ${id}`);
}

export function checkSecret({ id, secrets }: ClientRow, given: string | undefined): void {
  if (secrets.length === 0 && given === undefined) return;
  if (!secrets.some(({ value }) => value === given)) throw notAuthorized(`Unable to verify secret for client ${id}`);
}
