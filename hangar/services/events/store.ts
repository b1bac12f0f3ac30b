// The tables of EventBridge: buses, their rules, and the rules' targets.

import { operationsOn, table, type Context, type Store } from "../../cloud/operation.ts";
import { parseArn } from "../../kernel/arn.ts";
import { compositeKey } from "../../kernel/table.ts";
import type { CreateConnectionAuthRequestParameters, Target } from "../../models/events.d.ts";
import { busNotFound, ruleNotFound } from "./errors.ts";

export type Tags = Readonly<Record<string, string>>;

export type Bus = {
  readonly name: string;
  readonly arn: string;
  readonly created: number;
  readonly modified: number;
  readonly description?: string | undefined;
  readonly kmsKeyIdentifier?: string | undefined;
  readonly deadLetterArn?: string | undefined;
  /** The resource policy as JSON text. */
  readonly policy?: string | undefined;
  readonly tags: Tags;
};

export type Rule = {
  readonly bus: string;
  readonly name: string;
  readonly arn: string;
  readonly state: string;
  readonly pattern?: string | undefined;
  readonly schedule?: string | undefined;
  readonly description?: string | undefined;
  readonly roleArn?: string | undefined;
  readonly createdBy: string;
  readonly created: number;
  /** Id of the pending work of a schedule. */
  readonly work?: string | undefined;
  readonly tags: Tags;
};

export type Archive = {
  readonly name: string;
  readonly arn: string;
  readonly bus: string;
  readonly busArn: string;
  readonly description?: string | undefined;
  readonly pattern?: string | undefined;
  readonly kmsKeyIdentifier?: string | undefined;
  /** 0 keeps events for ever. */
  readonly retentionDays: number;
  readonly created: number;
};

export type ArchivedEvent = { readonly at: number; readonly event: string };

export type Replay = {
  readonly name: string;
  readonly arn: string;
  readonly archive: string;
  readonly archiveArn: string;
  readonly bus: string;
  readonly busArn: string;
  /** Rules that alone get the events. */
  readonly rules?: readonly string[] | undefined;
  readonly description?: string | undefined;
  readonly from: number;
  readonly to: number;
  readonly state: string;
  readonly started: number;
  readonly ended?: number | undefined;
  readonly last?: number | undefined;
  /** Id of its pending work. */
  readonly work?: string | undefined;
};

export type Connection = {
  readonly name: string;
  readonly arn: string;
  readonly secretArn: string;
  readonly description?: string | undefined;
  readonly type: string;
  readonly auth: CreateConnectionAuthRequestParameters;
  readonly state: string;
  readonly stateReason?: string | undefined;
  /** OAuth: what the authorization endpoint gave. */
  readonly token?: string | undefined;
  readonly created: number;
  readonly modified: number;
  readonly authorized: number;
};

export type ApiDestination = {
  readonly name: string;
  readonly arn: string;
  readonly description?: string | undefined;
  /** The connection's name. */
  readonly connection: string;
  readonly connectionArn: string;
  readonly endpoint: string;
  readonly method: string;
  readonly perSecond: number;
  readonly created: number;
  readonly modified: number;
};

export const tables = {
  buses: table<Bus>(),
  /** By bus and name. */
  rules: table<Rule>(),
  /** By bus, rule and id. */
  targets: table<Target>(),
  archives: table<Archive>(),
  /** By archive, time and event's id. */
  archived: table<ArchivedEvent>(),
  replays: table<Replay>(),
  connections: table<Connection>(),
  apiDestinations: table<ApiDestination>(),
};

export type Tables = typeof tables;
export type EventsContext = Context<Tables>;
export type EventsStore = Store<Tables>;

export const operation = operationsOn<Tables>();

export const DEFAULT_BUS = "default";

/** Buses are named or given by ARN. */
export function busName(given: string | undefined): string {
  if (given === undefined) return DEFAULT_BUS;
  return parseArn(given)?.resource.replace(/^event-bus\//, "") ?? given;
}

/** Whose bus it is: an ARN may name another account's. */
export function busAccount(given: string | undefined, { account }: { readonly account: string }): string {
  return given === undefined ? account : (parseArn(given)?.account ?? account);
}

export function busArn(
  { account, region }: { readonly account: string; readonly region: string },
  name: string,
): string {
  return `arn:aws:events:${region}:${account}:event-bus/${name}`;
}

/** The default bus is in every account and region. */
export function findBus(context: EventsContext, name: string): Bus | undefined {
  const found = context.store.buses.get(name);
  if (found !== undefined || name !== DEFAULT_BUS) return found;
  const now = context.clock.now();
  const bus: Bus = { name, arn: busArn(context, name), created: now, modified: now, tags: {} };
  context.store.buses.put(name, bus);
  return bus;
}

export function busAt(context: EventsContext, given: string | undefined): Bus {
  const name = busName(given);
  const bus = findBus(context, name);
  if (bus === undefined) throw busNotFound(name);
  return bus;
}

export function ruleAt(
  context: EventsContext,
  given: { readonly bus: string | undefined; readonly rule: string },
): Rule {
  const bus = busAt(context, given.bus);
  const rule = context.store.rules.get(compositeKey(bus.name, given.rule));
  if (rule === undefined) throw ruleNotFound(given.rule, bus.name);
  return rule;
}

export function putRule(context: EventsContext, rule: Rule): void {
  context.store.rules.put(compositeKey(rule.bus, rule.name), rule);
}

export function targetsOf(store: EventsStore, rule: { readonly bus: string; readonly name: string }): Target[] {
  return [...store.targets.rows({ prefix: compositeKey(rule.bus, rule.name, "") })];
}

export function tagsOf(list: readonly { readonly Key: string; readonly Value: string }[] | undefined): Tags {
  return Object.fromEntries((list ?? []).map(({ Key, Value }) => [Key, Value]));
}
