// AWS's default quotas, as far as the assembly alone exceeds them.

import { isObject } from "../../services/cloudformation/rules/template.ts";
import type { Finding } from "../finding.ts";
import { concurrency, listQuotas, quotas, variables, type Quota } from "../quotas.ts";
import type { ReadResource, ReadStack } from "../read-stack.ts";
import type { Rule } from "../rule.ts";

const RULE = "quotas";
const RAISED = "Ask AWS to raise it before you deploy, and allow this in hangar.config.ts with the request's number.";

type Placed = { readonly stack: ReadStack; readonly resource: ReadResource };

export const defaultQuotas: Rule = {
  name: RULE,
  says: "The assembly alone exceeds a default quota of AWS.",
  find: ({ stacks }) => {
    const all = stacks.flatMap((stack) => stack.resources.map((resource) => ({ stack, resource })));
    return [...quotas.flatMap((quota) => counted(quota, all)), ...listed(all), ...reserved(all), ...variablesOf(all)];
  },
};

function counted(quota: Quota, all: readonly Placed[]): Finding[] {
  const groups = Map.groupBy(
    all.filter(({ resource }) => quota.types.includes(resource.type)),
    (placed) => placeOf(quota, placed),
  );
  return [...groups.values()].flatMap((group) => {
    const over = group[quota.most];
    if (over === undefined) return [];
    const within =
      typeof quota.per === "object"
        ? `of one ${quota.per.what}`
        : quota.per === "region"
          ? "in one region"
          : "in one account";
    const message = `There are ${group.length} ${quota.what} ${within}; AWS allows ${quota.most}${quota.hard ? "" : " unless it was asked for more"} (${quota.page}).`;
    return [about(over, message, quota.hard)];
  });
}

/** Resources with the same words here count together. */
function placeOf({ per }: Quota, { stack, resource }: Placed): string {
  const { account, region } = stack.place;
  if (per === "account") return account;
  if (per === "region") return `${account} ${region}`;
  const parent = resource.raw.Properties?.[per.property] ?? per.fallback;
  // What is named is the same in every stack, what is referred to is the stack's own.
  return typeof parent === "string" ? `${account} ${region} ${parent}` : `${stack.name} ${JSON.stringify(parent)}`;
}

function about({ stack, resource }: Placed, message: string, hard = false): Finding {
  const help = hard ? "AWS raises this quota for nobody: divide the resource." : RAISED;
  return { rule: RULE, level: "error", stack: stack.name, logicalId: resource.logicalId, message, help };
}

function listed(all: readonly Placed[]): Finding[] {
  return all.flatMap((placed) => {
    const { type, properties } = placed.resource;
    return listQuotas
      .filter((quota) => quota.type === type)
      .flatMap(({ property, most, hard, page }) => {
        const list = properties[property];
        if (!Array.isArray(list) || list.length <= most) return [];
        return [{ ...about(placed, `${list.length} ${property}; AWS allows ${most} (${page}).`, hard), property }];
      });
  });
}

function reserved(all: readonly Placed[]): Finding[] {
  const property = "ReservedConcurrentExecutions";
  const functions = all.filter(({ resource }) => typeof resource.properties[property] === "number");
  const regions = Map.groupBy(functions, ({ stack: { place } }) => `${place.account} ${place.region}`);
  const most = concurrency.most - concurrency.unreserved;
  return [...regions.values()].flatMap((group) => {
    const sum = group.reduce((total, { resource }) => total + Number(resource.properties[property]), 0);
    const [first] = group.toSorted(
      (a, b) => Number(b.resource.properties[property]) - Number(a.resource.properties[property]),
    );
    if (first === undefined || sum <= most) return [];
    const message = `The functions of one region reserve ${sum} executions at once; AWS allows ${concurrency.most} and keeps ${concurrency.unreserved} of them for functions that reserve none (${concurrency.page}).`;
    return [{ ...about(first, message), property }];
  });
}

function variablesOf(all: readonly Placed[]): Finding[] {
  return all.flatMap((placed) => {
    const environment = placed.resource.properties["Environment"];
    if (placed.resource.type !== "AWS::Lambda::Function" || !isObject(environment)) return [];
    const own = isObject(environment["Variables"]) ? Object.entries(environment["Variables"]) : [];
    const bytes = own.reduce((sum, [name, value]) => sum + Buffer.byteLength(`${name}${String(value)}`), 0);
    if (bytes <= variables.most) return [];
    const message = `The environment variables have at least ${bytes} bytes; AWS takes ${variables.most} (${variables.page}).`;
    return [{ ...about(placed, message, true), property: "Environment.Variables" }];
  });
}
