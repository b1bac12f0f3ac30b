// Simple values as text, the way query strings, headers, labels and XML hold them.
import type { Member, SimpleType } from "../models/model.ts";
import { base64, blobFromLooseBase64, isBytes } from "./blob-text.ts";
import { formatTimestamp, parseTimestamp, type TimestampFormat } from "./timestamps.ts";

const integer = /^\s*[+-]?\d+\s*$/;
const booleans: Readonly<Record<string, boolean>> = {
  true: true,
  false: false,
  True: true,
  False: false,
  TRUE: true,
  FALSE: false,
  "1": true,
  "0": false,
};

const parseLong = (text: string): number | undefined => (integer.test(text) ? Number(text) : undefined);
const parseInteger = (text: string): number | undefined => {
  const value = parseLong(text);
  return value !== undefined && (value | 0) === value ? value : undefined;
};
const parseDouble = (text: string): number | undefined => {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  return Number.isNaN(value) && text !== "NaN" ? undefined : value;
};

/** Undefined when the text is no value of the type. */
export const parseText = (type: SimpleType, text: string): unknown => {
  switch (type) {
    case "string":
    case "bigDecimal":
      return text;
    case "boolean":
      return booleans[text.trim()];
    case "integer":
      return parseInteger(text);
    case "long":
      return parseLong(text);
    case "float":
    case "double":
      return parseDouble(text);
    case "bigInteger":
      return integer.test(text) ? BigInt(text.trim()) : undefined;
    case "blob":
      return blobFromLooseBase64(text);
    case "timestamp":
      return parseTimestamp(text);
    case "document":
      return text;
    default:
      return undefined;
  }
};

export const formatText = (value: unknown, member: Member, fallback: TimestampFormat): string => {
  if (typeof value === "string") return value;
  if (value instanceof Date) return formatTimestamp(value, member.timestampFormat ?? fallback);
  if (isBytes(value)) return base64(value);
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint") return String(value);
  return JSON.stringify(value) ?? "";
};
