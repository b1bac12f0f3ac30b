// The CloudFormation type AWS::ApiGateway::Stage.

import type { ResourceType } from "../../../cloud/resource.ts";
import { call, found, remove, tagsOf, toTags, updateTags, written } from "./properties.ts";
import { stagePatch } from "./stage-patch.ts";

export const stage: ResourceType = {
  type: "AWS::ApiGateway::Stage",
  properties: [
    "RestApiId",
    "StageName",
    "DeploymentId",
    "Description",
    "Variables",
    "MethodSettings",
    "AccessLogSetting",
    "CanarySetting",
    "ClientCertificateId",
    "CacheClusterEnabled",
    "CacheClusterSize",
    "Tags",
  ],
  inert: {
    TracingEnabled: "kept and shown; X-Ray segments are not written",
    DocumentationVersion: "kept and shown; read by exports alone",
  },
  async create(properties, context) {
    const restApiId = properties["RestApiId"];
    const stageName = properties["StageName"] ?? "default";
    await call(context, "CreateStage", {
      restApiId,
      stageName,
      deploymentId: properties["DeploymentId"],
      description: properties["Description"],
      variables: properties["Variables"],
      tags: tagsOf(properties, context),
    });
    const { DeploymentId: _deployment, Description: _description, Variables: _variables, ...rest } = properties;
    const patchOperations = stagePatch(rest, {});
    if (patchOperations.length > 0) await call(context, "UpdateStage", { restApiId, stageName, patchOperations });
    return { id: written(stageName), attributes: {} };
  },
  async update(state, properties, previous, context) {
    const restApiId = written(properties["RestApiId"]);
    const patchOperations = stagePatch(properties, previous);
    if (patchOperations.length > 0)
      await call(context, "UpdateStage", { restApiId, stageName: state.id, patchOperations });
    await updateTags(
      `arn:aws:apigateway:${context.region}::/restapis/${restApiId}/stages/${state.id}`,
      properties,
      previous,
      context,
    );
    return state;
  },
  delete: (state, properties, context) =>
    remove(context, "DeleteStage", { restApiId: properties["RestApiId"], stageName: state.id }),
  async read(id, context) {
    const [restApiId = "", stageName = ""] = id.split("|");
    const row = await found(context, "GetStage", { restApiId, stageName });
    if (row === undefined) return undefined;
    return {
      RestApiId: restApiId,
      StageName: stageName,
      DeploymentId: row["deploymentId"],
      ...(row["description"] === undefined ? {} : { Description: row["description"] }),
      ...(row["variables"] === undefined ? {} : { Variables: row["variables"] }),
      Tags: toTags(row["tags"]),
    };
  },
};
