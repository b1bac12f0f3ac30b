// Where a SELECT goes on: tokens that hold for one account, statement and parameters.

import { hash } from "node:crypto";
import { decodeRow, encodeRow } from "../../../../kernel/row-json.ts";
import { validation } from "../../errors.ts";
import type { Item } from "../attribute-value.ts";
import type { StatementInput } from "./statement-of.ts";

/** In which of its reads, after which row. */
export type Position = { readonly read: number; readonly key: Item | undefined };

type Content = readonly [account: string, request: string, read: number, key: Item | null];

function digestOf({ Statement, Parameters }: StatementInput): string {
  return hash("sha256", encodeRow([Statement, Parameters ?? []]), "base64url").slice(0, 16);
}

export function writeToken(account: string, input: StatementInput, { read, key }: Position): string {
  const content: Content = [account, digestOf(input), read, key ?? null];
  const text = encodeRow(content);
  return Buffer.from(seal(text) + text).toString("base64");
}

const SEAL = 12;

/** So that a token somebody changed is not taken for ours. */
function seal(text: string): string {
  return hash("sha256", `partiql${text}`, "base64url").slice(0, SEAL);
}

export function readToken(account: string, input: StatementInput, token: string | undefined): Position {
  if (token === undefined) return { read: 0, key: undefined };
  const whole = Buffer.from(token, "base64").toString();
  const text = whole.slice(SEAL);
  if (seal(text) !== whole.slice(0, SEAL)) throw validation("Invalid NextToken");
  const [owner, request, read, key] = decodeRow(text) as Content;
  if (owner !== account) throw validation("Given NextToken is invalid for this account");
  if (request !== digestOf(input)) throw validation("NextToken does not match request");
  return { read, key: key ?? undefined };
}
