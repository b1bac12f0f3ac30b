// An entry of PutEvents: what makes it fail, its size, and the event it becomes.

import type { PutEventsRequestEntry, PutEventsResultEntry } from "../../../models/events.d.ts";

const missing = (name: string): PutEventsResultEntry => ({
  ErrorCode: "InvalidArgument",
  ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
});

/** The entry's own failure, while the others go on. Only AWS's services may say that they are aws.*. */
export function entryFault(entry: PutEventsRequestEntry, byService: boolean): PutEventsResultEntry | undefined {
  if (entry.Source === undefined || entry.Source === "") return missing("Source");
  if (entry.DetailType === undefined || entry.DetailType === "") return missing("DetailType");
  if (entry.Detail === undefined) return missing("Detail");
  if (entry.Source.startsWith("aws.") && !byService)
    return { ErrorCode: "NotAuthorizedForSourceException", ErrorMessage: "Not authorized for the source." };
  return isObject(entry.Detail) ? undefined : { ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." };
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** Bytes, as AWS counts them. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html */
export function entrySize(entry: PutEventsRequestEntry): number {
  const texts = [entry.Source, entry.DetailType, entry.Detail, ...(entry.Resources ?? [])];
  return texts.reduce(
    (size, text) => size + (text === undefined ? 0 : Buffer.byteLength(text)),
    entry.Time === undefined ? 0 : 14,
  );
}

export type EventFacts = {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly now: number;
};

/** The event as its targets get it, JSON text in AWS's order of members. */
export function eventOf(entry: PutEventsRequestEntry, { id, account, region, now }: EventFacts): string {
  const time = `${new Date(entry.Time === undefined ? now : entry.Time.getTime()).toISOString().slice(0, 19)}Z`;
  return JSON.stringify({
    version: "0",
    id,
    "detail-type": entry.DetailType,
    source: entry.Source,
    account,
    time,
    region,
    resources: entry.Resources ?? [],
    detail: JSON.parse(entry.Detail ?? "{}") as unknown,
  });
}
