// The CloudFormation type AWS::ApiGateway::BasePathMapping.

import type { Properties, ResourceType } from "../../../cloud/resource.ts";
import { call, found, remove, textOf, upper } from "./properties.ts";

const NAMES = ["DomainName", "BasePath", "RestApiId", "Stage"];

export const basePathMapping: ResourceType = {
  type: "AWS::ApiGateway::BasePathMapping",
  properties: NAMES,
  inert: { Id: "AWS says nothing of what it does; a mapping is known by its domain name and base path" },
  async create(properties, context) {
    await call(context, "CreateBasePathMapping", {
      domainName: properties["DomainName"],
      basePath: properties["BasePath"],
      restApiId: properties["RestApiId"],
      stage: properties["Stage"],
    });
    return { id: context.physicalName(255), attributes: {} };
  },
  async update(state, properties, _previous, context) {
    const patchOperations = [
      { op: "replace", path: "/restApiId", value: textOf(properties, "RestApiId") },
      { op: "replace", path: "/stage", value: textOf(properties, "Stage") },
    ];
    await call(context, "UpdateBasePathMapping", {
      domainName: properties["DomainName"],
      basePath: basePathOf(properties),
      patchOperations,
    });
    return state;
  },
  delete: (_state, properties, context) =>
    remove(context, "DeleteBasePathMapping", {
      domainName: properties["DomainName"],
      basePath: basePathOf(properties),
    }),
  async read(id, context) {
    const [domainName = "", basePath = ""] = id.split("|");
    const row = await found(context, "GetBasePathMapping", { domainName, basePath: basePath || "(none)" });
    return row === undefined ? undefined : { DomainName: domainName, ...upper(row), BasePath: basePath };
  },
};

function basePathOf(properties: Properties): string {
  return textOf(properties, "BasePath") || "(none)";
}
