// Where a list goes on: the last key of a page, wrapped for the next request.
import { Refusal } from "./answer.ts";

type Key = Readonly<Record<string, string>>;

export function cursorOf(lastKey: Readonly<Record<string, unknown>> | undefined): string | undefined {
  return lastKey === undefined ? undefined : Buffer.from(JSON.stringify(lastKey)).toString("base64url");
}

/** Refuses a cursor that was made for another list: it would start in somebody else's items. */
export function keyOfCursor(cursor: string | undefined, list: Key): Key | undefined {
  if (cursor === undefined) return undefined;
  const key = parsed(cursor);
  const belongs = Object.entries(list).every(([name, value]) => key?.[name] === value);
  if (key === undefined || !belongs) throw new Refusal(400, "cursor is not one that this list gave");
  return key;
}

function parsed(cursor: string): Key | undefined {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (typeof key !== "object" || key === null) return undefined;
    return Object.values(key).every((value) => typeof value === "string") ? (key as Key) : undefined;
  } catch {
    return undefined;
  }
}

export function pageSize(limit: string | undefined): number {
  const size = limit === undefined ? 50 : Number(limit);
  if (!Number.isInteger(size) || size < 1 || size > 100)
    throw new Refusal(400, "limit is not a whole number from 1 to 100");
  return size;
}
