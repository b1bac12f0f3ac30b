// Which lifecycle rules S3 refuses, in its words.

import type {
  LifecycleExpiration,
  LifecycleRule,
  LifecycleRuleFilter,
  NoncurrentVersionTransition,
  Tag,
  Transition,
} from "../../../models/s3.d.ts";
import { invalidArgument, invalidRequest, malformedXml } from "../errors.ts";

const DAY = 86_400_000;
const LARGEST = 1_099_511_627_776_000;
/** In the order that objects can move. */
const CLASSES = "STANDARD_IA INTELLIGENT_TIERING ONEZONE_IA GLACIER_IR GLACIER DEEP_ARCHIVE".split(" ");

/** Throws for what S3 refuses; rules without an id get one. */
export function checkRules(rules: readonly LifecycleRule[], newId: () => string): readonly LifecycleRule[] {
  if (rules.length === 0 || rules.length > 1000) throw malformedXml();
  const ids = new Set<string>();
  const isOld = rules[0]?.Filter === undefined;
  const checked = rules.map((rule) => {
    checkSchema(rule, isOld);
    checkRule(rule);
    const id = rule.ID === undefined || rule.ID === "" ? newId() : rule.ID;
    if (ids.has(id)) throw invalidArgument("Rule ID must be unique. Found same ID for more than one rule", "ID", id);
    if (id.length > 255) throw invalidArgument("ID length should not exceed allowed limit of 255", "ID", id);
    ids.add(id);
    return { ...rule, ID: id };
  });
  if (isOld) checkOverlaps(checked);
  return checked;
}

/** Rules have a filter, or all of them a prefix alone as before there were filters. */
function checkSchema(rule: LifecycleRule, isOld: boolean): void {
  if ((rule.Filter === undefined) === (rule.Prefix === undefined)) throw malformedXml();
  if (isOld && rule.Filter !== undefined) throw invalidRequest("Filter element can only be used in Lifecycle V2.");
  if (!isOld && rule.Filter === undefined)
    throw invalidRequest(
      "Base level prefix cannot be used in Lifecycle V2, prefixes are only supported in the Filter.",
    );
  const counts = [rule.NoncurrentVersionExpiration, ...(rule.NoncurrentVersionTransitions ?? [])];
  if (isOld && counts.some((each) => each?.NewerNoncurrentVersions !== undefined))
    throw invalidRequest("NewerNoncurrentVersions element can only be used in Lifecycle V2.");
}

const ACTIONS = [
  ["Expiration", "Expiration"],
  ["NoncurrentVersionExpiration", "NoncurrentVersionExpiration"],
  ["Transitions", "Transition"],
  ["NoncurrentVersionTransitions", "NoncurrentVersionTransition"],
  ["AbortIncompleteMultipartUpload", "AbortIncompleteMultipartUpload"],
] as const;

function checkOverlaps(rules: readonly LifecycleRule[]): void {
  for (const [member, name] of ACTIONS) {
    const prefixes = rules.filter((rule) => rule[member] !== undefined).map((rule) => rule.Prefix ?? "");
    prefixes.sort();
    for (const [index, prefix] of prefixes.entries()) {
      const next = prefixes[index + 1];
      if (next?.startsWith(prefix) !== true) continue;
      throw invalidRequest(`Found overlapping prefixes '${prefix}' and '${next}' for same action type '${name}'`);
    }
  }
}

function checkRule(rule: LifecycleRule): void {
  if (rule.Status !== "Enabled" && rule.Status !== "Disabled") throw malformedXml();
  checkPrefix(rule.Prefix ?? rule.Filter?.Prefix ?? rule.Filter?.And?.Prefix ?? "");
  if (rule.Filter !== undefined) checkFilter(rule.Filter);
  const {
    Expiration: expiration,
    NoncurrentVersionExpiration: noncurrent,
    AbortIncompleteMultipartUpload: abort,
  } = rule;
  if (ACTIONS.every(([member]) => rule[member] === undefined))
    throw invalidRequest("At least one action needs to be specified in a rule");
  if (expiration !== undefined) checkExpiration(expiration);
  if (noncurrent !== undefined) {
    if (noncurrent.NoncurrentDays === undefined) throw malformedXml();
    checkPositive(noncurrent.NoncurrentDays, "NoncurrentDays", "NoncurrentVersionExpiration");
    checkCount(noncurrent.NewerNoncurrentVersions);
  }
  if (abort !== undefined) {
    if (abort.DaysAfterInitiation === undefined) throw malformedXml();
    checkPositive(abort.DaysAfterInitiation, "DaysAfterInitiation", "AbortIncompleteMultipartUpload");
    checkUnfiltered(rule.Filter, "AbortIncompleteMultipartUpload");
  }
  if (expiration?.ExpiredObjectDeleteMarker !== undefined) checkUnfiltered(rule.Filter, "ExpiredObjectDeleteMarker");
  checkTransitions(rule);
  checkNoncurrentTransitions(rule);
}

function checkExpiration({ Date: date, Days: days, ExpiredObjectDeleteMarker: markers }: LifecycleExpiration): void {
  if ([date, days, markers].filter((each) => each !== undefined).length !== 1) throw malformedXml();
  checkPositive(days, "Days", "Expiration");
  checkMidnight(date);
}

function checkPositive(days: number | undefined, name: string, action: string): void {
  if (days !== undefined && days <= 0)
    throw invalidArgument(`'${name}' for ${action} action must be a positive integer`, name, String(days));
}

function checkCount(count: number | undefined): void {
  if (count !== undefined && count <= 0)
    throw invalidArgument(
      "'NewerNoncurrentVersions' must be a positive integer",
      "NewerNoncurrentVersions",
      String(count),
    );
}

function checkMidnight(date: Date | undefined): void {
  if (date !== undefined && date.getTime() % DAY !== 0)
    throw invalidArgument("'Date' must be at midnight GMT", "Date", date.toISOString());
}

function checkPrefix(prefix: string): void {
  if (Buffer.byteLength(prefix) > 1024) throw invalidRequest("The maximum size of a prefix is 1024");
}

function checkTag({ Key: key, Value: value }: Tag): void {
  if (key === "" || key.length > 128) throw invalidRequest("A Tag's Key must be a length between 1 and 128.");
  if (value.length > 256) throw invalidRequest("A Tag's Value must be a length between 0 and 256.");
}

function checkFilter(filter: LifecycleRuleFilter): void {
  if (Object.values(filter).filter((each) => each !== undefined).length > 1) throw malformedXml();
  const { And: and, Tag: tag } = filter;
  const tags = and?.Tags ?? [];
  const conditions =
    Object.values(and ?? {}).filter((each) => each !== undefined).length + Math.max(tags.length - 1, 0);
  if (and !== undefined && conditions < 2) throw malformedXml();
  for (const each of tag === undefined ? tags : [tag]) checkTag(each);
  if (new Set(tags.map((each) => each.Key)).size < tags.length)
    throw invalidRequest("Duplicate Tag Keys are not allowed.");
  const { ObjectSizeGreaterThan: larger, ObjectSizeLessThan: smaller } = and ?? filter;
  checkSize(larger, "ObjectSizeGreaterThan", 0);
  checkSize(smaller, "ObjectSizeLessThan", 1);
  if (larger !== undefined && smaller !== undefined && smaller <= larger)
    throw invalidRequest("'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'.");
}

function checkSize(size: number | undefined, name: string, least: number): void {
  if (size !== undefined && (size < least || size > LARGEST))
    throw invalidRequest(`'${name}' should be between ${least} and ${LARGEST}.`);
}

/** Uploads and delete markers have neither tags nor a size. */
function checkUnfiltered(filter: LifecycleRuleFilter | undefined, action: string): void {
  const { Tag: tag, And: and } = filter ?? {};
  if (tag !== undefined || (and?.Tags ?? []).length > 0)
    throw invalidRequest(`${action} cannot be specified with Tags.`);
  const { ObjectSizeGreaterThan: larger, ObjectSizeLessThan: smaller } = and ?? filter ?? {};
  if (larger !== undefined || smaller !== undefined)
    throw invalidRequest(`${action} cannot be specified with Object Size.`);
}

/** As S3's messages name a rule's filter. */
function named({ Filter: filter, Prefix: base }: LifecycleRule): string {
  if (filter === undefined) return `prefix '${base}'`;
  const tags = filter.Tag === undefined ? (filter.And?.Tags ?? []) : [filter.Tag];
  const { Prefix: prefix, ObjectSizeGreaterThan: larger, ObjectSizeLessThan: smaller } = filter.And ?? filter;
  const parts = [
    ...(prefix === undefined ? [] : [`prefix=${prefix}`]),
    ...tags.map((tag) => `tag={key=${tag.Key}, value=${tag.Value}}`),
    ...(larger === undefined ? [] : [`objectsizegreaterthan=${larger}`]),
    ...(smaller === undefined ? [] : [`objectsizelessthan=${smaller}`]),
  ];
  return `filter '(${parts.length === 0 ? "prefix=" : parts.join(" and ")})'`;
}

function checkTransitions(rule: LifecycleRule): void {
  const { Transitions: transitions = [], Expiration: expiration } = rule;
  for (const transition of transitions) checkTransition(transition);
  checkClasses(rule, "Transition", transitions);
  const byDate = transitions.filter((transition) => transition.Date !== undefined);
  if (byDate.length > 0 && byDate.length < transitions.length)
    throw invalidRequest(`Found mixed 'Date' and 'Days' based Transition actions in lifecycle rule for ${named(rule)}`);
  checkWaterfall(rule, "Transition", transitions);
  if (transitions.length > 0 && expiration !== undefined) checkLast(rule, transitions, expiration);
}

type Move = Pick<Transition, "Date" | "Days" | "StorageClass">;
type Moving = "Transition" | "NoncurrentVersionTransition";

function checkClasses(rule: LifecycleRule, action: Moving, moves: readonly Move[]): void {
  if (new Set(moves.map((move) => move.StorageClass)).size < moves.length)
    throw invalidRequest(`'StorageClass' must be different for '${action}' actions in same 'Rule' with ${named(rule)}`);
}

function checkTransition({ Days: days, Date: date, StorageClass: to = "" }: Transition): void {
  if (!CLASSES.includes(to) || (days === undefined) === (date === undefined)) throw malformedXml();
  checkMidnight(date);
  if (days !== undefined && days < 0)
    throw invalidArgument("'Days' in Transition action must be nonnegative", "Days", String(days));
  checkInfrequent(days, to, "Transition");
}

function checkInfrequent(days: number | undefined, to: string, action: string): void {
  if (days === undefined || days >= 30 || !to.endsWith("_IA")) return;
  const message = `'Days' in ${action} action must be greater than or equal to 30 for storageClass '${to}'`;
  throw invalidArgument(message, "Days", String(days));
}

/** Colder classes come later, and after thirty days of infrequent access. */
function checkWaterfall(rule: LifecycleRule, action: Moving, moves: readonly Move[]): void {
  const counted = action === "Transition" ? "Days" : "NoncurrentDays";
  const ordered = moves.toSorted((one, other) => rank(one) - rank(other));
  for (const [index, { Days: days = 0, StorageClass: to = "", Date: date }] of ordered.entries()) {
    const before = ordered[index - 1];
    if (before === undefined || date !== undefined) continue;
    const { Days: earlier = 0, StorageClass: from = "" } = before;
    const least = from.endsWith("_IA") ? earlier + 30 : earlier + 1;
    if (days >= least) continue;
    const where = `'${counted}' in the '${action}' action for StorageClass '${to}' for ${named(rule)}`;
    const then = `in the '${action}' action for StorageClass '${from}'`;
    const message = from.endsWith("_IA")
      ? `${where} must be 30 days more than '${named(rule)}' ${then}`
      : `${where} must be greater than '${counted}' ${then} for ${named(rule)}`;
    throw invalidArgument(message, counted, String(days));
  }
}

function rank({ StorageClass: to = "" }: Move): number {
  return CLASSES.indexOf(to);
}

function checkLast(rule: LifecycleRule, transitions: readonly Transition[], expiration: LifecycleExpiration): void {
  const { Days: days, Date: date } = expiration;
  const first = transitions[0];
  if ((days !== undefined && first?.Date !== undefined) || (date !== undefined && first?.Days !== undefined))
    throw invalidRequest(
      `Found mixed 'Date' and 'Days' based Expiration and Transition actions in lifecycle rule for ${named(rule)}`,
    );
  const where = `in the Expiration action for ${named(rule)}`;
  if (days !== undefined && transitions.some((each) => (each.Days ?? 0) >= days))
    throw invalidArgument(`'Days' ${where} must be greater than 'Days' in the Transition action`, "Days", String(days));
  if (date !== undefined && transitions.some((each) => (each.Date?.getTime() ?? 0) >= date.getTime()))
    throw invalidArgument(`'Date' ${where} must be later than 'Date' in the Transition action`, "Date");
}

function checkNoncurrentTransitions(rule: LifecycleRule): void {
  const { NoncurrentVersionTransitions: transitions = [], NoncurrentVersionExpiration: expiration } = rule;
  for (const transition of transitions) checkNoncurrent(transition);
  const moves = transitions.map(({ NoncurrentDays, StorageClass }) => ({ Days: NoncurrentDays, StorageClass }));
  checkClasses(rule, "NoncurrentVersionTransition", moves);
  checkWaterfall(rule, "NoncurrentVersionTransition", moves);
  const end = expiration?.NoncurrentDays;
  if (end !== undefined && moves.some(({ Days: days = 0 }) => days >= end))
    throw invalidArgument(
      `'NoncurrentDays' in the NoncurrentVersionExpiration action for ${named(rule)} must be greater than 'NoncurrentDays' in the NoncurrentVersionTransition action`,
      "NoncurrentDays",
      String(end),
    );
}

function checkNoncurrent(transition: NoncurrentVersionTransition): void {
  const { NoncurrentDays: days, StorageClass: to = "", NewerNoncurrentVersions: count } = transition;
  if (!CLASSES.includes(to) || days === undefined) throw malformedXml();
  const action = "NoncurrentVersionTransition";
  if (days < 0)
    throw invalidArgument(`'NoncurrentDays' in ${action} action must be nonnegative`, "NoncurrentDays", String(days));
  checkInfrequent(days, to, action);
  checkCount(count);
}
