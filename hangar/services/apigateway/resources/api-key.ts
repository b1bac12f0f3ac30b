// The CloudFormation type AWS::ApiGateway::ApiKey.

import type { Properties, ResourceType } from "../../../cloud/resource.ts";
import type { PatchOperation } from "../../../models/apigateway.d.ts";
import {
  call,
  found,
  lower,
  remove,
  replaced,
  tagsOf,
  textOf,
  toTags,
  truth,
  updateTags,
  written,
} from "./properties.ts";

export const apiKey: ResourceType = {
  type: "AWS::ApiGateway::ApiKey",
  properties: ["Name", "Description", "Enabled", "Value", "CustomerId", "StageKeys", "Tags"],
  inert: { GenerateDistinctId: "the id is always another than the value" },
  async create(properties, context) {
    const made = await call(context, "CreateApiKey", {
      name: textOf(properties, "Name") || context.physicalName(128),
      description: properties["Description"],
      enabled: truth(properties["Enabled"]),
      value: properties["Value"],
      customerId: properties["CustomerId"],
      stageKeys: lower(properties["StageKeys"]),
      tags: tagsOf(properties, context),
    });
    const id = written(made["id"]);
    return { id, attributes: { APIKeyId: id } };
  },
  async update(state, properties, previous, context) {
    const stages = stageNames(properties);
    const before = stageNames(previous);
    const path = "/stages";
    const patchOperations: PatchOperation[] = [
      ...replaced(properties, previous, {
        Description: "/description",
        Enabled: "/enabled",
        CustomerId: "/customerId",
      }),
      ...before.filter((name) => !stages.includes(name)).map((value) => ({ op: "remove", path, value })),
      ...stages.filter((name) => !before.includes(name)).map((value) => ({ op: "add", path, value })),
    ];
    if (patchOperations.length > 0) await call(context, "UpdateApiKey", { apiKey: state.id, patchOperations });
    await updateTags(`arn:aws:apigateway:${context.region}::/apikeys/${state.id}`, properties, previous, context);
    return state;
  },
  delete: (state, _properties, context) => remove(context, "DeleteApiKey", { apiKey: state.id }),
  async read(id, context) {
    const row = await found(context, "GetApiKey", { apiKey: id });
    if (row === undefined) return undefined;
    return { APIKeyId: id, Name: row["name"], Enabled: row["enabled"], Tags: toTags(row["tags"]) };
  },
};

function stageNames(properties: Properties): readonly string[] {
  const keys = (properties["StageKeys"] ?? []) as readonly {
    readonly RestApiId?: string;
    readonly StageName?: string;
  }[];
  return keys.map(({ RestApiId = "", StageName = "" }) => `${RestApiId}/${StageName}`);
}
