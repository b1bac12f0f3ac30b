// The CloudFormation type AWS::ApiGateway::Deployment.

import type { Properties, ResourceType } from "../../../cloud/resource.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import { call, found, remove, written } from "./properties.ts";
import { stagePatch } from "./stage-patch.ts";

export const deployment: ResourceType = {
  type: "AWS::ApiGateway::Deployment",
  properties: ["RestApiId", "Description", "StageName", "StageDescription"],
  async create(properties, context) {
    const restApiId = properties["RestApiId"];
    const stageName = properties["StageName"];
    const made = await call(context, "CreateDeployment", {
      restApiId,
      stageName,
      description: properties["Description"],
    });
    const settings = properties["StageDescription"] as Properties | undefined;
    if (settings !== undefined && stageName !== undefined) {
      const patchOperations = stagePatch(flat(settings), {});
      if (patchOperations.length > 0) await call(context, "UpdateStage", { restApiId, stageName, patchOperations });
    }
    const id = written(made["id"]);
    return { id, attributes: { DeploymentId: id } };
  },
  async update(state, properties, _previous, context) {
    const patchOperations = [{ op: "replace", path: "/description", value: properties["Description"] ?? "" }];
    await call(context, "UpdateDeployment", {
      restApiId: properties["RestApiId"],
      deploymentId: state.id,
      patchOperations,
    });
    return state;
  },
  async delete(state, properties, context) {
    const restApiId = properties["RestApiId"];
    const stageName = properties["StageName"];
    try {
      await remove(context, "DeleteDeployment", { restApiId, deploymentId: state.id });
    } catch (error) {
      // The stage that it made itself goes with it.
      const stage = stageName === undefined ? undefined : await found(context, "GetStage", { restApiId, stageName });
      if (!(error instanceof AwsError) || error.code !== "BadRequestException" || stage?.["deploymentId"] !== state.id)
        throw error;
      await remove(context, "DeleteStage", { restApiId, stageName });
      await remove(context, "DeleteDeployment", { restApiId, deploymentId: state.id });
    }
  },
  async read(id, context) {
    const [deploymentId, restApiId] = id.split("|");
    const row = await found(context, "GetDeployment", { restApiId, deploymentId });
    return row === undefined
      ? undefined
      : { RestApiId: restApiId, DeploymentId: deploymentId, Description: row["description"] };
  },
};

/** Settings for all methods stand beside the others in a StageDescription. */
function flat(settings: Properties): Properties {
  const names = [
    "MetricsEnabled",
    "LoggingLevel",
    "DataTraceEnabled",
    "ThrottlingBurstLimit",
    "ThrottlingRateLimit",
    "CachingEnabled",
    "CacheTtlInSeconds",
    "CacheDataEncrypted",
  ];
  const own = Object.fromEntries(
    names.flatMap((name) => (settings[name] === undefined ? [] : [[name, settings[name]]])),
  );
  if (Object.keys(own).length === 0) return settings;
  const others = (settings["MethodSettings"] ?? []) as readonly unknown[];
  return { ...settings, MethodSettings: [{ ResourcePath: "/*", HttpMethod: "*", ...own }, ...others] };
}
