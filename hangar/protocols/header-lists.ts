// Lists in one header: commas between items, quotes around items that hold a comma.
import type { Member } from "../models/model.ts";

/** An HTTP date has a comma of its own. */
const splitDates = (text: string): string[] => {
  const parts = text.split(",");
  const dates: string[] = [];
  for (let index = 0; index < parts.length; index += 2)
    dates.push(
      parts
        .slice(index, index + 2)
        .join(",")
        .trim(),
    );
  return dates;
};

const item = /\s*(?:"((?:[^"\\]|\\.)*)"|([^,]*))\s*(?:,|$)/y;

export const splitHeader = (text: string, member: Member): string[] => {
  if (text === "") return [];
  if (member.type === "timestamp" && (member.timestampFormat ?? "http-date") === "http-date") return splitDates(text);
  const items: string[] = [];
  item.lastIndex = 0;
  while (item.lastIndex < text.length) {
    const match = item.exec(text);
    if (match === null) return [...items, text];
    const [, quoted, plain] = match;
    items.push(quoted === undefined ? (plain ?? "").trim() : quoted.replaceAll(/\\(.)/g, "$1"));
  }
  return items;
};

export const quoteHeader = (text: string): string =>
  /[",]/.test(text) ? `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"` : text;
