// Lifecycle rules: what they are meant for, and when they are due.

import type { LifecycleRule, Tag } from "../../../models/s3.d.ts";
import type { Bucket, StoredObject, Upload } from "../store.ts";

const DAY = 86_400_000;
/** Where JavaScript's calendar ends. */
const LATEST = 8_640_000_000_000_000;

/** Days are counted from the next midnight UTC. */
export function dueAfter(time: number, days: number): number {
  return Math.min(Math.ceil((time + days * DAY) / DAY) * DAY, LATEST);
}

export type Subject = { readonly key: string; readonly size: number; readonly tags?: readonly Tag[] | undefined };

/** Whether a rule is meant for an object (or, with size 0 and no tags, for an upload or a delete marker). */
export function meant(rule: LifecycleRule, { key, size, tags = [] }: Subject): boolean {
  if (rule.Status !== "Enabled") return false;
  const { Filter: filter } = rule;
  const all = filter?.And;
  const wanted = [...(filter?.Tag === undefined ? [] : [filter.Tag]), ...(all?.Tags ?? [])];
  const larger = filter?.ObjectSizeGreaterThan ?? all?.ObjectSizeGreaterThan;
  const smaller = filter?.ObjectSizeLessThan ?? all?.ObjectSizeLessThan;
  if (!key.startsWith(rule.Prefix ?? filter?.Prefix ?? all?.Prefix ?? "")) return false;
  if (larger !== undefined && size <= larger) return false;
  if (smaller !== undefined && size >= smaller) return false;
  return wanted.every((tag) => tags.some((each) => each.Key === tag.Key && each.Value === tag.Value));
}

/** When a current version expires, and by which rule; the earliest wins. */
export function expiry(
  rules: readonly LifecycleRule[],
  object: StoredObject,
): { readonly at: number; readonly rule: string } | undefined {
  let found: { at: number; rule: string } | undefined;
  for (const rule of rules) {
    const { Days: days, Date: date } = rule.Expiration ?? {};
    if ((days === undefined && date === undefined) || !meant(rule, object)) continue;
    const at = days === undefined ? (date?.getTime() ?? 0) : dueAfter(object.modified, days);
    if (found === undefined || at < found.at) found = { at, rule: rule.ID ?? "" };
  }
  return found;
}

/** `x-amz-expiration`. */
export function expirationHeader(rules: readonly LifecycleRule[], object: StoredObject): string | undefined {
  const due = expiry(rules, object);
  return due === undefined
    ? undefined
    : `expiry-date="${new Date(due.at).toUTCString()}", rule-id="${inHeader(due.rule)}"`;
}

/** Ids stand as they are, unless no header could carry them. */
function inHeader(id: string): string {
  return /^[\u0020-\u007e]*$/.test(id) ? id : encodeURIComponent(id);
}

/** When an upload is given up, and by which rule; the earliest wins. */
export function abortion(
  { lifecycle }: Bucket,
  { key, initiated }: Pick<Upload, "key" | "initiated">,
): { readonly AbortDate?: Date; readonly AbortRuleId?: string } {
  let found: { at: number; rule: string } | undefined;
  for (const rule of lifecycle?.rules ?? []) {
    const days = rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation;
    if (days === undefined || !meant(rule, { key, size: 0 })) continue;
    const at = dueAfter(initiated, days);
    if (found === undefined || at < found.at) found = { at, rule: inHeader(rule.ID ?? "") };
  }
  return found === undefined ? {} : { AbortDate: new Date(found.at), AbortRuleId: found.rule };
}
