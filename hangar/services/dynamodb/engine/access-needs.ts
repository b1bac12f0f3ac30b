// What the rules of access are made of: actions on tables and on all that has a table in its ARN.

import { formatArn, parseArn } from "../../../kernel/arn.ts";
import type { AccessNeed } from "../../../ports/access.ts";
import type { AccessRule } from "../../../cloud/service.ts";
import type { ConditionKeys } from "../rules/condition-keys.ts";
import { resourceTags, tagsOf } from "../rules/tag-conditions.ts";
import type { DynamoContext, Tables } from "../store.ts";
import { streamPolicy } from "./resource-policy.ts";

export type Rule = AccessRule<Tables>;
export type Named = { readonly TableName?: string | undefined };
export type Input = Readonly<Record<string, unknown>>;

/** Conditions are worked out only for callers whose rights depend on them. */
type More = { readonly conditions?: (() => ConditionKeys) | undefined; readonly index?: string | undefined };

export function textIn(input: Input, member: string): string | undefined {
  const value = input[member];
  return typeof value === "string" ? value : undefined;
}

/** ARN of a table given by name or ARN, with its own policy. */
export function tableNeed(context: DynamoContext, action: string, given: string, more: More = {}): AccessNeed {
  const arn = given.startsWith("arn:")
    ? given
    : formatArn({ service: "dynamodb", region: context.region, account: context.account, resource: `table/${given}` });
  const parsed = arn === given ? parseArn(arn) : undefined;
  const name = arn === given ? (parsed?.resource.split("/")[1] ?? "") : given;
  const store = parsed === undefined ? context.store : context.storeAt(parsed.account, parsed.region);
  const table = store.tables.get(name);
  const { conditions } = more;
  return {
    action: `dynamodb:${action}`,
    resource: more.index === undefined ? arn : `${arn}/index/${more.index}`,
    // An index has its table's tags.
    moreConditions: () => ({ ...resourceTags(table?.tags), ...conditions?.() }),
    policy: table?.policy?.document,
    owner: parsed?.account,
  };
}

export function onTable(action: string): Rule {
  return (input: Named, context) => [tableNeed(context, action, input.TableName ?? "")];
}

export function onTableOrIndex(action: string): Rule {
  return (input: Named & { readonly IndexName?: string | undefined }, context) => [
    tableNeed(context, action, input.TableName ?? "", { index: input.IndexName }),
  ];
}

/** Operations that name an ARN of a table, index, stream or backup. */
export function onArn(action: string, member: string): Rule {
  return (input: Input, context) => {
    const arn = textIn(input, member) ?? "*";
    const table = /^arn:[^:]+:dynamodb:[^:]*:[^:]*:table\/[^/]+/.exec(arn)?.[0];
    if (table === undefined) return [{ action: `dynamodb:${action}`, resource: arn }];
    const need = tableNeed(context, action, table, { conditions: () => tagsOf(input) });
    if (!arn.includes("/stream/")) return [{ ...need, resource: arn }];
    return [{ action: need.action, resource: arn, owner: need.owner, policy: streamPolicy(context, arn) }];
  };
}

export function onAll(action: string): Rule {
  return () => [{ action: `dynamodb:${action}`, resource: "*" }];
}
