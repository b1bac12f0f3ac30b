// What a target receives: the event, a part of it, a constant, or a template filled from it.

import type { Target } from "../../../models/events.d.ts";
import { invalid } from "../errors.ts";

type Json = Readonly<Record<string, unknown>>;

export type RuleFacts = { readonly arn: string; readonly name: string; readonly ingested: number };

/** Throws ValidationException for a target whose input settings do not fit together. */
export function checkInput(target: Target): void {
  const given = [target.Input, target.InputPath, target.InputTransformer].filter((each) => each !== undefined);
  if (given.length > 1)
    throw invalid(`Only one of Input, InputPath, or InputTransformer must be provided for target ${target.Id}.`);
  if (target.Input !== undefined && !isJson(target.Input))
    throw invalid(`JSON syntax error in input for target ${target.Id}.`);
  const { InputPathsMap: paths = {}, InputTemplate: template } = target.InputTransformer ?? { InputTemplate: "" };
  for (const [, name = ""] of template.matchAll(/<([^<>\s]+)>/g)) {
    if (!(name in paths) && !name.startsWith("aws.events."))
      throw invalid(`InputTemplate for target ${target.Id} contains invalid placeholder ${name}.`);
  }
}

/** The text the target receives, or undefined when the filled template is no JSON: AWS sends nothing then (recorded). `event` is the whole event as JSON. */
export function inputOf(target: Target, event: string, rule: RuleFacts): string | undefined {
  if (target.Input !== undefined) return target.Input;
  if (target.InputPath !== undefined) return JSON.stringify(valueAt(JSON.parse(event), target.InputPath) ?? {});
  if (target.InputTransformer !== undefined) return transform(target.InputTransformer, event, rule);
  return event;
}

/** What a Kinesis stream places an event by: what its path leads to, else the event's id. */
export function partitionKeyOf(target: Target, event: string): string | undefined {
  if (!target.Arn.includes(":kinesis:")) return undefined;
  const path = target.KinesisParameters?.PartitionKeyPath;
  const parsed: unknown = JSON.parse(event);
  const found = path === undefined ? undefined : valueAt(parsed, path);
  const key = typeof found === "string" ? found : found === undefined ? "" : JSON.stringify(found);
  return (key === "" ? String((parsed as Json)["id"]) : key).slice(0, 256);
}

function transform(
  transformer: NonNullable<Target["InputTransformer"]>,
  event: string,
  rule: RuleFacts,
): string | undefined {
  const parsed: unknown = JSON.parse(event);
  const values = new Map<string, unknown>(
    Object.entries(transformer.InputPathsMap ?? {}).map(([name, path]) => [name, valueAt(parsed, path)]),
  );
  values.set("aws.events.rule-arn", rule.arn);
  values.set("aws.events.rule-name", rule.name);
  values.set("aws.events.event.ingestion-time", new Date(rule.ingested).toISOString());
  values.set("aws.events.event", withoutDetail(parsed));
  values.set("aws.events.event.json", parsed);
  const template = transformer.InputTemplate;
  const isText = /^\s*"/.test(template);
  // Inside quotes a value is text; elsewhere it is JSON.
  const filled = template.replace(/<([^<>\s]+)>/g, (_match, name: string, offset: number) => {
    const value = values.get(name);
    const quoted = isText || insideQuotes(template, offset);
    if (value === undefined) return quoted ? "" : '""';
    if (quoted && typeof value === "string") return JSON.stringify(value).slice(1, -1);
    return isText ? JSON.stringify(value).replaceAll('"', "") : JSON.stringify(value);
  });
  if (isText) return filled;
  return isJson(filled) ? JSON.stringify(JSON.parse(filled)) : undefined;
}

/** Under other names and in another order than the event itself (recorded). */
function withoutDetail(event: unknown): unknown {
  const { id, account, "detail-type": detailType, time, source, region, resources, version } = event as Json;
  return { id, account, detailType, time, source, region, resources, version };
}

function insideQuotes(template: string, offset: number): boolean {
  let quoted = false;
  for (let index = 0; index < offset; index += 1) {
    if (template[index] === "\\") index += 1;
    else if (template[index] === '"') quoted = !quoted;
  }
  return quoted;
}

/** `$.detail.items[0].name`. */
function valueAt(event: unknown, path: string): unknown {
  let at: unknown = event;
  for (const [, name, index] of path.replace(/^\$/, "").matchAll(/\.([^.[\]]+)|\[(\d+|'[^']*'|"[^"]*")\]/g)) {
    const key = name ?? index?.replace(/^['"]|['"]$/g, "") ?? "";
    at = typeof at === "object" && at !== null ? (at as Json)[key] : undefined;
  }
  return at;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
