// TO_STRING's patterns: y M d a h H m s S n X x. https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-select-sql-reference-date.html

import { fault } from "./faults.ts";
import { wallParts, type Timestamp } from "./timestamps.ts";

const MONTHS = `January February March April May June July August September October November December`.split(" ");
const pad = (value: number, width: number): string => String(value).padStart(width, "0");

/** Text in single quotes is taken as it stands. */
export function formatTimestamp(timestamp: Timestamp, pattern: string): string {
  const pieces = pattern.match(/'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']+|'/g) ?? [];
  return pieces
    .map((piece) => {
      if (piece.startsWith("'")) return piece.length > 1 ? piece.slice(1, -1).replaceAll("''", "'") : piece;
      return /^[A-Za-z]/.test(piece) ? symbolText(timestamp, piece) : piece;
    })
    .join("");
}

function symbolText(timestamp: Timestamp, symbol: string): string {
  const { date, zone, offset } = wallParts(timestamp);
  const width = symbol.length;
  const hour = date.getUTCHours();
  const ms = date.getUTCMilliseconds();
  const short = Math.min(width, 2);
  switch (symbol[0]) {
    case "y":
      return width === 2 ? pad(date.getUTCFullYear() % 100, 2) : pad(date.getUTCFullYear(), width);
    case "M":
      return monthText(date.getUTCMonth(), width);
    case "d":
      return pad(date.getUTCDate(), short);
    case "a":
      return hour < 12 ? "AM" : "PM";
    case "h":
      return pad(hour % 12 || 12, short);
    case "H":
      return pad(hour, short);
    case "m":
      return pad(date.getUTCMinutes(), short);
    case "s":
      return pad(date.getUTCSeconds(), short);
    case "S":
      return `${pad(ms, 3)}000000`.slice(0, width).padEnd(width, "0");
    case "n":
      return String(ms * 1_000_000);
    case "X":
    case "x":
      return zoneSymbol(symbol, offset, zone);
    default:
      throw fault("EvaluatorInvalidTimestampFormatPattern");
  }
}

function monthText(month: number, width: number): string {
  const name = MONTHS[month] ?? "";
  if (width <= 2) return pad(month + 1, width);
  return width === 3 ? name.slice(0, 3) : width === 4 ? name : name.slice(0, 1);
}

/** `X` writes Z for UTC, `x` does not; one letter is hours, three and five have a colon. */
function zoneSymbol(symbol: string, offset: number, zone: string): string {
  if (offset === 0 && symbol.startsWith("X")) return "Z";
  const text = offset === 0 ? "+00:00" : zone;
  if (symbol.length === 1) return text.endsWith(":00") ? text.slice(0, 3) : text.replace(":", "");
  return symbol.length % 2 === 1 ? text : text.replace(":", "");
}
