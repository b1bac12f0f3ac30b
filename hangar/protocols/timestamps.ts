// The three ways AWS writes a moment: epoch seconds, RFC 3339 and the HTTP date.
import type { Member } from "../models/model.ts";

export type TimestampFormat = NonNullable<Member["timestampFormat"]>;

/** Seconds with the milliseconds as fraction, without the noise of a float division. */
export const epochSeconds = (date: Date): number => date.getTime() / 1000;

export const formatTimestamp = (date: Date, format: TimestampFormat): string => {
  if (format === "epoch-seconds") return String(epochSeconds(date));
  if (format === "http-date") return date.toUTCString();
  const text = date.toISOString();
  return text.endsWith(".000Z") ? `${text.slice(0, -5)}Z` : text;
};

const dateTime = /^\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[Zz]|[+-]\d\d:?\d\d)?)?$/;
const number = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

const fromSeconds = (seconds: number): Date | undefined => {
  const date = new Date(Math.round(seconds * 1000));
  return Number.isNaN(date.getTime()) ? undefined : date;
};

const httpDate = /^[A-Za-z]{3,9},? /;

export const parseHttpDate = (text: string): Date | undefined => {
  const date = new Date(httpDate.test(text) ? text : Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
};

/** AWS reads any of its own forms wherever a timestamp is text; undefined when it is none of them. */
export const parseTimestamp = (value: string | number): Date | undefined => {
  if (typeof value === "number") return fromSeconds(value);
  const text = value.trim();
  if (number.test(text)) return fromSeconds(Number(text));
  // A date-time without a zone is UTC to AWS, local time to JavaScript.
  const zoned =
    dateTime.test(text) && !/[Zz]$|[+-]\d\d:?\d\d$/.test(text.slice(10)) && text.length > 10 ? `${text}Z` : text;
  if (!dateTime.test(text) && !httpDate.test(text)) return undefined;
  const date = new Date(zoned);
  return Number.isNaN(date.getTime()) ? undefined : date;
};

const schemaDateTime = /^\s*(\d{4}-\d\d)-(\d\d)T\d\d:\d\d:\d\d(?:\.\d+)?(Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?\s*$/;

/** A moment as XML's schemas write it, UTC where it names no zone; undefined for anything else. */
export const parseDateTime = (text: string): Date | undefined => {
  const [, month = "", day = "", zone] = schemaDateTime.exec(text) ?? [];
  // JavaScript takes the 31st of February for the 3rd of March.
  if (new Date(`${month}-${day}`).getUTCDate() !== Number(day)) return undefined;
  const date = new Date(zone === undefined ? `${text.trim()}Z` : text.trim());
  return Number.isNaN(date.getTime()) ? undefined : date;
};
