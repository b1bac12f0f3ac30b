// The CloudFormation type AWS::ApiGateway::DocumentationPart.

import type { ResourceType } from "../../../cloud/resource.ts";
import { call, document, found, remove, replaced, upper, written } from "./properties.ts";

export const documentationPart: ResourceType = {
  type: "AWS::ApiGateway::DocumentationPart",
  properties: ["Location", "Properties", "RestApiId"],
  async create(properties, context) {
    const location = Object.entries((properties["Location"] ?? {}) as Readonly<Record<string, unknown>>);
    const made = await call(context, "CreateDocumentationPart", {
      restApiId: properties["RestApiId"],
      location: Object.fromEntries(
        location.map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), value]),
      ),
      properties: document(properties["Properties"]),
    });
    const id = written(made["id"]);
    return { id, attributes: { DocumentationPartId: id } };
  },
  async update(state, properties, previous, context) {
    const patchOperations = replaced(properties, previous, { Properties: "/properties" });
    const place = { restApiId: properties["RestApiId"], documentationPartId: state.id };
    if (patchOperations.length > 0) await call(context, "UpdateDocumentationPart", { ...place, patchOperations });
    return state;
  },
  delete: ({ id }, properties, context) =>
    remove(context, "DeleteDocumentationPart", { restApiId: properties["RestApiId"], documentationPartId: id }),
  async read(identifier, context) {
    const [documentationPartId = "", restApiId = ""] = identifier.split("|");
    const row = await found(context, "GetDocumentationPart", { restApiId, documentationPartId });
    if (row === undefined) return undefined;
    const Location = upper((row["location"] ?? {}) as Readonly<Record<string, unknown>>);
    return { DocumentationPartId: documentationPartId, RestApiId: restApiId, Location, Properties: row["properties"] };
  },
};
