// Which members of a structure live in the head of a REST message, compiled once per shape.
import type { Member, ServiceModel } from "../models/model.ts";
import { oncePerModel, structureNamed } from "./schema.ts";

export type Bound = {
  readonly name: string;
  readonly member: Member;
  /** Lower case for headers. */ readonly wire: string;
};

export type Bindings = {
  readonly labels: readonly Bound[];
  readonly headers: readonly Bound[];
  readonly query: readonly Bound[];
  readonly queryParams: Bound | undefined;
  readonly prefixHeaders: readonly Bound[];
  readonly payload: Bound | undefined;
  readonly statusCode: Bound | undefined;
  /** Some members are bound to nothing: they are the body. */
  readonly hasInputBody: boolean;
  readonly hasOutputBody: boolean;
};

/** API Gateway binds members of outputs to the query string, where a response has none: they stay in the body. */
const outputHead: ReadonlySet<Member["location"]> = new Set([
  "header",
  "prefixHeaders",
  "payload",
  "statusCode",
] as const);

export const isInputHead = ({ location }: Member): boolean => location !== undefined && location !== "statusCode";
export const isOutputHead = ({ location }: Member): boolean => outputHead.has(location);

const compile = (model: ServiceModel, shape: string | undefined): Bindings => {
  const members = Object.entries(structureNamed(model, shape).members);
  const at = (
    location: Member["location"],
    wireOf: (name: string, member: Member) => string = (name) => name,
  ): readonly Bound[] =>
    members.flatMap(([name, member]) =>
      member.location === location ? [{ name, member, wire: wireOf(name, member) }] : [],
    );
  const lower = (name: string, member: Member): string => (member.locationName ?? name).toLowerCase();
  return {
    labels: at("label"),
    headers: at("header", lower),
    query: at("query", (name, member) => member.locationName ?? name),
    queryParams: at("queryParams")[0],
    prefixHeaders: at("prefixHeaders", (_name, member) => (member.locationName ?? "").toLowerCase()),
    payload: at("payload")[0],
    statusCode: at("statusCode")[0],
    hasInputBody: members.some(([, member]) => !isInputHead(member) && !member.streaming),
    hasOutputBody: members.some(([, member]) => !isOutputHead(member) && !member.streaming),
  };
};

const known = oncePerModel((model) => {
  const byShape = new Map<string | undefined, Bindings>();
  return (shape: string | undefined): Bindings => {
    let bindings = byShape.get(shape);
    if (bindings === undefined) {
      bindings = compile(model, shape);
      byShape.set(shape, bindings);
    }
    return bindings;
  };
});

export const bindingsOf = (model: ServiceModel, shape: string | undefined): Bindings => known(model)(shape);
