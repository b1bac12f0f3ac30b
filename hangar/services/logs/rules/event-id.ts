// Event ids and tokens as AWS writes them: 56 digits that order events by time, then arrival.

const DIGITS = 56;
const TIME_BITS = 144n;

/** Ids sort as text, so they serve as keys. */
export function eventId(timestamp: number, arrival: number): string {
  return ((BigInt(timestamp) << TIME_BITS) + BigInt(arrival)).toString().padStart(DIGITS, "0");
}

/** The smallest id of a time. */
export function firstIdAt(timestamp: number): string {
  return eventId(Math.max(0, timestamp), 0);
}

export type StreamToken = { readonly direction: "f" | "b"; readonly id: string };

/** GetLogEvents' tokens: `f/…` goes on after an event, `b/…` before one. */
export function formatToken({ direction, id }: StreamToken): string {
  return `${direction}/${id}/s`;
}

export function parseToken(token: string): StreamToken | undefined {
  const match = /^([fb])\/(\d{56})\/s$/.exec(token);
  const [, direction, id] = match ?? [];
  return (direction === "f" || direction === "b") && id !== undefined ? { direction, id } : undefined;
}

/** Tokens of lists: the last key given, so that the next page goes on after it. */
export function pageToken(key: string): string {
  return Buffer.from(key, "utf8").toString("base64url");
}

export function keyOfPageToken(token: string | undefined): string | undefined {
  return token === undefined ? undefined : Buffer.from(token, "base64url").toString("utf8");
}
