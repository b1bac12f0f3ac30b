// Tokens of lists that go on: where the next page begins, good for five minutes.

import { expiredNextToken, invalidArgument } from "../errors.ts";

export type PageToken = {
  /** The stream's ARN, where it is one stream's list. */
  readonly stream: string;
  readonly after: string;
  readonly made: number;
  readonly filter?: Filter | undefined;
};

/** ListShards', its time in milliseconds. */
export type Filter = {
  readonly type: string;
  readonly shardId?: string | undefined;
  readonly at?: number | undefined;
};

const GOOD_FOR = 300_000;

export function writeToken({ stream, after, made, filter }: PageToken): string {
  return Buffer.from(JSON.stringify([stream, after, made, filter])).toString("base64");
}

export function readToken(text: string, now: number): PageToken {
  const token = tokenOf(text);
  if (token === undefined) throw invalidArgument("NextToken is invalid.");
  if (now - token.made > GOOD_FOR) throw expiredNextToken(token.made, now);
  return token;
}

export function tokenOf(text: string): PageToken | undefined {
  try {
    const [stream, after, made, filter] = JSON.parse(Buffer.from(text, "base64").toString()) as unknown[];
    return typeof stream === "string" && typeof after === "string" && typeof made === "number"
      ? { stream, after, made, filter: (filter ?? undefined) as Filter | undefined }
      : undefined;
  } catch {
    return undefined;
  }
}
