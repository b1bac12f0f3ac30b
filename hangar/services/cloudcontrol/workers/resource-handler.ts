// The registry's handler of a type, and the context it runs in when there is no stack.

import type { Context } from "../../../cloud/operation.ts";
import type { ResourceContext, ResourceType } from "../../../cloud/resource.ts";
import { notEmulated } from "../../../kernel/aws-error.ts";
import { loadCloudFormationType } from "../../../models/load.ts";
import { typeMissing } from "../errors.ts";
import type { Tables } from "../store.ts";

export function handlerOf(type: string, context: Context<Tables>): ResourceType {
  const handler = context.ports.resources.resourceType(type);
  if (handler !== undefined) return handler;
  throw loadCloudFormationType(type) === undefined ? typeMissing(type) : notEmulated(`the resource type ${type}`);
}

export function handlerContext(context: Context<Tables>): ResourceContext {
  const { caller, account, region } = context;
  return {
    account,
    region,
    logicalId: "",
    stackName: "",
    stackId: "",
    tags: [],
    caller,
    context: context as unknown as Context,
    physicalName: (max, options = {}) => {
      const name = `${context.ids.alphanumeric(24)}${options.suffix ?? ""}`.slice(-max);
      return options.lower === true ? name.toLowerCase() : name;
    },
    call: (service, name, input, options = {}) =>
      context.ports.api.call(service, name, input, { as: caller, account, region, ...options }),
  };
}
