// The CloudFormation type AWS::ApiGateway::RequestValidator.

import type { ResourceType } from "../../../cloud/resource.ts";
import { call, found, remove, textOf, truth, written } from "./properties.ts";

export const requestValidator: ResourceType = {
  type: "AWS::ApiGateway::RequestValidator",
  properties: ["RestApiId", "Name", "ValidateRequestBody", "ValidateRequestParameters"],
  async create(properties, context) {
    const made = await call(context, "CreateRequestValidator", {
      restApiId: properties["RestApiId"],
      name: textOf(properties, "Name") || context.physicalName(128),
      validateRequestBody: truth(properties["ValidateRequestBody"]),
      validateRequestParameters: truth(properties["ValidateRequestParameters"]),
    });
    const id = written(made["id"]);
    return { id, attributes: { RequestValidatorId: id } };
  },
  async update(state, properties, _previous, context) {
    const flag = (name: string): string => written(truth(properties[name]) ?? false);
    const patchOperations = [
      { op: "replace", path: "/validateRequestBody", value: flag("ValidateRequestBody") },
      { op: "replace", path: "/validateRequestParameters", value: flag("ValidateRequestParameters") },
    ];
    await call(context, "UpdateRequestValidator", {
      restApiId: properties["RestApiId"],
      requestValidatorId: state.id,
      patchOperations,
    });
    return state;
  },
  delete: (state, properties, context) =>
    remove(context, "DeleteRequestValidator", { restApiId: properties["RestApiId"], requestValidatorId: state.id }),
  async read(id, context) {
    const [restApiId, requestValidatorId] = id.split("|");
    const row = await found(context, "GetRequestValidator", { restApiId, requestValidatorId });
    return row === undefined
      ? undefined
      : {
          RestApiId: restApiId,
          RequestValidatorId: requestValidatorId,
          Name: row["name"],
          ValidateRequestBody: row["validateRequestBody"],
          ValidateRequestParameters: row["validateRequestParameters"],
        };
  },
};
