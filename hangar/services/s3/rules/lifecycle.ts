// Lifecycle rules: which S3 refuses, which objects they mean, and when they fall due.

import { createHash } from "node:crypto";
import { invalidArgument, invalidRequest, malformedXml } from "../errors.ts";
import type { LifecycleRule, LifecycleRuleFilter, Tag } from "../../../models/s3.d.ts";
import type { StoredObject } from "../store.ts";

const DAY = 86_400_000;

/** Days are counted from the next midnight UTC. */
export function dueAfter(time: number, days: number): number {
  return Math.ceil((time + days * DAY) / DAY) * DAY;
}

/** Throws for what S3 refuses; rules without an id get one. */
export function checkRules(rules: readonly LifecycleRule[]): readonly LifecycleRule[] {
  if (rules.length === 0 || rules.length > 1000) throw malformedXml();
  const ids = new Set<string>();
  return rules.map((rule, index) => {
    checkRule(rule);
    const id =
      rule.ID ??
      createHash("md5")
        .update(`${index}${JSON.stringify(rule)}`)
        .digest("base64url");
    if (ids.has(id)) throw invalidArgument("Rule ID must be unique. Found same ID for more than one rule", "ID", id);
    if (id.length > 255) throw invalidArgument("ID length should not exceed allowed limit of 255", "ID", id);
    ids.add(id);
    return { ...rule, ID: id };
  });
}

function checkRule(rule: LifecycleRule): void {
  if (rule.Status !== "Enabled" && rule.Status !== "Disabled") throw malformedXml();
  if ((rule.Filter === undefined) === (rule.Prefix === undefined)) throw malformedXml();
  if (rule.Filter !== undefined) checkFilter(rule.Filter);
  const { Expiration: expiration, NoncurrentVersionExpiration: noncurrent } = rule;
  const actions = [
    expiration,
    noncurrent,
    rule.Transitions,
    rule.NoncurrentVersionTransitions,
    rule.AbortIncompleteMultipartUpload,
  ];
  if (actions.every((action) => action === undefined)) {
    throw invalidRequest("At least one action needs to be specified in a rule");
  }
  if (expiration !== undefined) {
    const given = [expiration.Date, expiration.Days, expiration.ExpiredObjectDeleteMarker].filter(
      (each) => each !== undefined,
    );
    if (given.length !== 1) throw malformedXml();
    checkDays(expiration.Days, "Expiration");
    checkMidnight(expiration.Date);
  }
  if (noncurrent !== undefined && noncurrent.NoncurrentDays === undefined) throw malformedXml();
  checkDays(noncurrent?.NoncurrentDays, "NoncurrentVersionExpiration");
  for (const transition of rule.Transitions ?? []) {
    checkMidnight(transition.Date);
    if (transition.StorageClass === undefined) throw malformedXml();
    if (transition.Days !== undefined && transition.Days < 30 && transition.StorageClass.endsWith("_IA")) {
      throw invalidArgument(
        `'Days' in Transition action must be greater than or equal to 30 for storageClass '${transition.StorageClass}'`,
        "Days",
      );
    }
  }
}

function checkDays(days: number | undefined, action: string): void {
  if (days !== undefined && days <= 0) {
    throw invalidArgument(`'Days' for ${action} action must be a positive integer`, "Days", String(days));
  }
}

function checkMidnight(date: Date | undefined): void {
  if (date !== undefined && date.getTime() % DAY !== 0) {
    throw invalidArgument("'Date' must be at midnight GMT", "Date", date.toISOString());
  }
}

function checkFilter(filter: LifecycleRuleFilter): void {
  const members = Object.values(filter).filter((each) => each !== undefined);
  if (members.length > 1) throw malformedXml();
  const { And: and } = filter;
  if (and === undefined) return;
  const tags = and.Tags ?? [];
  if (Object.values(and).filter((each) => each !== undefined).length + Math.max(tags.length - 1, 0) < 2)
    throw malformedXml();
  if (new Set(tags.map((tag) => tag.Key)).size < tags.length)
    throw invalidRequest("Duplicate Tag Keys are not allowed.");
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
    : `expiry-date="${new Date(due.at).toUTCString()}", rule-id="${encodeURIComponent(due.rule)}"`;
}
