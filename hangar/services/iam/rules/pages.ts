// Lists in pages, as Marker and MaxItems ask.

import { invalidInput } from "../errors.ts";

export type PageInput = { readonly Marker?: string | undefined; readonly MaxItems?: number | undefined };
export type Page<Item> = {
  readonly items: readonly Item[];
  readonly facts: { readonly IsTruncated: boolean; readonly Marker?: string };
};

const USUAL = 100;

export function pageOf<Item>(all: readonly Item[], { Marker, MaxItems }: PageInput): Page<Item> {
  const from = Marker === undefined ? 0 : positionOf(Marker);
  const to = from + (MaxItems ?? USUAL);
  if (to >= all.length) return { items: all.slice(from), facts: { IsTruncated: false } };
  return {
    items: all.slice(from, to),
    facts: { IsTruncated: true, Marker: Buffer.from(`after:${to}`).toString("base64") },
  };
}

function positionOf(marker: string): number {
  const match = /^after:(\d+)$/.exec(Buffer.from(marker, "base64").toString("latin1"));
  if (match === null) throw invalidInput("Invalid Marker.");
  return Number(match[1]);
}

/** Rows whose path begins as asked. */
export function underPath<Item extends { readonly Path: string }>(items: Iterable<Item>, prefix = "/"): Item[] {
  return [...items].filter((item) => item.Path.startsWith(prefix));
}
