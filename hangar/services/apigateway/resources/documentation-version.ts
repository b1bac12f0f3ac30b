// The CloudFormation type AWS::ApiGateway::DocumentationVersion.

import type { ResourceType } from "../../../cloud/resource.ts";
import { call, found, remove, replaced, written } from "./properties.ts";

export const documentationVersion: ResourceType = {
  type: "AWS::ApiGateway::DocumentationVersion",
  properties: ["Description", "DocumentationVersion", "RestApiId"],
  async create(properties, context) {
    await call(context, "CreateDocumentationVersion", {
      restApiId: properties["RestApiId"],
      documentationVersion: written(properties["DocumentationVersion"]),
      description: properties["Description"],
    });
    return { id: written(properties["DocumentationVersion"]), attributes: {} };
  },
  async update(state, properties, previous, context) {
    const patchOperations = replaced(properties, previous, { Description: "/description" });
    const place = { restApiId: properties["RestApiId"], documentationVersion: state.id };
    if (patchOperations.length > 0) await call(context, "UpdateDocumentationVersion", { ...place, patchOperations });
    return state;
  },
  delete: ({ id }, properties, context) =>
    remove(context, "DeleteDocumentationVersion", { restApiId: properties["RestApiId"], documentationVersion: id }),
  async read(identifier, context) {
    const [version = "", restApiId = ""] = identifier.split("|");
    const row = await found(context, "GetDocumentationVersion", { restApiId, documentationVersion: version });
    if (row === undefined) return undefined;
    return { DocumentationVersion: version, RestApiId: restApiId, Description: row["description"] };
  },
};
