// Condition keys of a request: the service's own, the gateway's, and those that follow from who calls.

import type { Caller } from "../../../cloud/operation.ts";
import { parseArn } from "../../../kernel/arn.ts";
import type { AccessNeed } from "../../../ports/access.ts";
import type { Lookup } from "./pattern.ts";

export type KeyValues = Readonly<Record<string, string | readonly string[]>>;

export type RequestKeys = {
  readonly caller: Caller;
  readonly need: AccessNeed;
  readonly context: KeyValues | (() => KeyValues);
  /** Tags of the user or role that calls. */
  readonly principalTags: Readonly<Record<string, string>>;
  /** Milliseconds. */
  readonly now: number;
  /** Lower-case keys that nobody can know here. */
  readonly unknown?: ReadonlySet<string> | undefined;
};

/** Built at most once a need, and only when a policy has a condition or a variable. */
export function lookupFor(keys: RequestKeys): Lookup {
  let given: Map<string, readonly string[]> | undefined;
  const unknown = keys.unknown;
  return {
    values(key) {
      given ??= gather(keys);
      return given.get(key) ?? ofCaller(key, keys);
    },
    ...(unknown === undefined ? {} : { unknown: (key: string) => unknown.has(key) }),
  };
}

function gather({ context, need }: RequestKeys): Map<string, readonly string[]> {
  const out = new Map<string, readonly string[]>();
  for (const source of [
    typeof context === "function" ? context() : context,
    need.conditions ?? {},
    need.moreConditions?.() ?? {},
  ]) {
    for (const [key, value] of Object.entries(source))
      out.set(key.toLowerCase(), typeof value === "string" ? [value] : value);
  }
  return out;
}

function ofCaller(key: string, { caller, need, principalTags, now }: RequestKeys): readonly string[] | undefined {
  if (key.startsWith("aws:principaltag/"))
    return tagValue(key.slice("aws:principaltag/".length), { ...principalTags, ...caller.sessionTags });
  const known = caller.kind !== "service" && caller.kind !== "anonymous";
  switch (key) {
    case "aws:currenttime":
      return [new Date(now).toISOString()];
    case "aws:epochtime":
      return [String(Math.floor(now / 1000))];
    case "aws:principalarn":
      return caller.kind === "anonymous" || caller.kind === "service" ? undefined : [caller.roleArn ?? caller.arn];
    case "aws:principalaccount":
      return known ? [caller.account] : undefined;
    case "aws:principaltype":
      return [principalType(caller)];
    case "aws:principalisawsservice":
      return [String(caller.kind === "service")];
    case "aws:principalservicename":
      return caller.kind === "service" ? [caller.arn] : undefined;
    case "aws:userid":
      return known ? [caller.userId] : ["anonymous"];
    case "aws:username":
      return caller.kind === "user" && caller.userName !== undefined ? [caller.userName] : undefined;
    case "aws:sourcearn":
      return one(caller.sourceArn);
    case "aws:sourceaccount":
      return one(caller.sourceAccount ?? (caller.kind === "service" ? accountOf(caller.sourceArn) : undefined));
    case "aws:resourceaccount":
      return [need.owner ?? (accountOf(need.resource) || caller.account)];
    case "aws:viaawsservice":
      return [String(caller.via !== undefined)];
    case "aws:calledvia":
    case "aws:calledviafirst":
    case "aws:calledvialast":
      return one(caller.via);
    case "lambda:sourcefunctionarn":
      return one(caller.sourceFunctionArn);
    case "kms:calleraccount":
      return known ? [caller.account] : undefined;
    default:
      return claimValues(caller.federation?.[key]);
  }
}

function claimValues(value: string | readonly string[] | undefined): readonly string[] | undefined {
  return typeof value === "string" ? [value] : value;
}

function principalType(caller: Caller): string {
  if (caller.kind === "root") return "Account";
  if (caller.kind === "user") return "User";
  if (caller.kind === "federated") return "FederatedUser";
  if (caller.kind === "role") return "AssumedRole";
  return "Anonymous";
}

function tagValue(name: string, tags: Readonly<Record<string, string>>): readonly string[] | undefined {
  return one(Object.entries(tags).find(([key]) => key.toLowerCase() === name)?.[1]);
}

function one(value: string | undefined): readonly string[] | undefined {
  return value === undefined ? undefined : [value];
}

function accountOf(arn: string | undefined): string | undefined {
  const account = arn === undefined ? undefined : parseArn(arn)?.account;
  return account === "" ? undefined : account;
}
