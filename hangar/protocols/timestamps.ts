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

/** AWS reads any of its own forms wherever a timestamp is text; undefined when it is none of them. */
export const parseTimestamp = (value: string | number): Date | undefined => {
  if (typeof value === "number") return fromSeconds(value);
  const text = value.trim();
  if (number.test(text)) return fromSeconds(Number(text));
  // A date-time without a zone is UTC to AWS, local time to JavaScript.
  const zoned =
    dateTime.test(text) && !/[Zz]$|[+-]\d\d:?\d\d$/.test(text.slice(10)) && text.length > 10 ? `${text}Z` : text;
  if (!dateTime.test(text) && !/^[A-Za-z]{3,9},? /.test(text)) return undefined;
  const date = new Date(zoned);
  return Number.isNaN(date.getTime()) ? undefined : date;
};
