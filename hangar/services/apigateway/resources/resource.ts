// The CloudFormation type AWS::ApiGateway::Resource.

import type { ResourceType } from "../../../cloud/resource.ts";
import { call, found, remove, written } from "./properties.ts";

export const resource: ResourceType = {
  type: "AWS::ApiGateway::Resource",
  properties: ["RestApiId", "ParentId", "PathPart"],
  async create(properties, context) {
    const made = await call(context, "CreateResource", {
      restApiId: properties["RestApiId"],
      parentId: properties["ParentId"],
      pathPart: properties["PathPart"],
    });
    const id = written(made["id"]);
    return { id, attributes: { ResourceId: id } };
  },
  delete: (state, properties, context) =>
    remove(context, "DeleteResource", { restApiId: properties["RestApiId"], resourceId: state.id }),
  async read(id, context) {
    const [restApiId = "", resourceId = ""] = id.split("|");
    const row = await found(context, "GetResource", { restApiId, resourceId });
    if (row === undefined) return undefined;
    return { RestApiId: restApiId, ResourceId: resourceId, ParentId: row["parentId"], PathPart: row["pathPart"] };
  },
};
