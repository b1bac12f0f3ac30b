// The CloudFormation type AWS::ApiGateway::Model.

import type { ResourceType } from "../../../cloud/resource.ts";
import { call, document, remove, replaced, textOf } from "./properties.ts";

export const model: ResourceType = {
  type: "AWS::ApiGateway::Model",
  properties: ["RestApiId", "Name", "ContentType", "Description", "Schema"],
  async create(properties, context) {
    const name = textOf(properties, "Name") || context.physicalName(100).replace(/[^A-Za-z0-9]/g, "");
    await call(context, "CreateModel", {
      restApiId: properties["RestApiId"],
      name,
      contentType: properties["ContentType"] ?? "application/json",
      description: properties["Description"],
      schema: document(properties["Schema"]) ?? "{}",
    });
    return { id: name, attributes: {} };
  },
  async update(state, properties, previous, context) {
    const patchOperations = replaced(
      properties,
      previous,
      { Description: "/description", Schema: "/schema" },
      { Schema: "{}" },
    );
    if (patchOperations.length > 0)
      await call(context, "UpdateModel", { restApiId: properties["RestApiId"], modelName: state.id, patchOperations });
    return state;
  },
  delete: (state, properties, context) =>
    remove(context, "DeleteModel", { restApiId: properties["RestApiId"], modelName: state.id }),
};
