// Tokens of lists that go on: the name that was listed last.

import { invalidRequest } from "../errors.ts";

export function writeToken(last: string): string {
  return Buffer.from(last).toString("base64url");
}

export function readToken(token: string): string {
  const last = Buffer.from(token, "base64url").toString();
  if (writeToken(last) !== token) throw invalidRequest("The continuation token provided is incorrect");
  return last;
}
