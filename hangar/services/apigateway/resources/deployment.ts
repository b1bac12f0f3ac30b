// The CloudFormation type AWS::ApiGateway::Deployment.

import type { Properties, ResourceContext, ResourceType } from "../../../cloud/resource.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import { badRequest } from "../errors.ts";
import { amount, call, found, remove, replaced, truth, written } from "./properties.ts";
import { stagePatch } from "./stage-patch.ts";

export const deployment: ResourceType = {
  type: "AWS::ApiGateway::Deployment",
  properties: ["RestApiId", "Description", "StageName", "StageDescription", "DeploymentCanarySettings"],
  async create(properties, context) {
    const restApiId = properties["RestApiId"];
    const stageName = properties["StageName"];
    const described = properties["StageDescription"] !== undefined && stageName !== undefined;
    if (described && (await found(context, "GetStage", { restApiId, stageName })) !== undefined)
      throw badRequest("StageDescription cannot be specified when stage referenced by StageName already exists");
    const made = await call(context, "CreateDeployment", {
      restApiId,
      stageName,
      description: properties["Description"],
      canarySettings: canaryOf(properties["DeploymentCanarySettings"]),
    });
    await describeStage(properties, {}, context);
    const id = written(made["id"]);
    return { id, attributes: { DeploymentId: id } };
  },
  async update(state, properties, previous, context) {
    const patchOperations = replaced(properties, previous, { Description: "/description" });
    const restApiId = properties["RestApiId"];
    if (patchOperations.length > 0)
      await call(context, "UpdateDeployment", { restApiId, deploymentId: state.id, patchOperations });
    if (properties["StageName"] === previous["StageName"]) await describeStage(properties, previous, context);
    else await moveStage(state.id, properties, previous, context);
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

function canaryOf(settings: unknown): object | undefined {
  if (settings === undefined) return undefined;
  const { PercentTraffic, StageVariableOverrides, UseStageCache } = settings as Properties;
  return {
    percentTraffic: amount(PercentTraffic),
    stageVariableOverrides: StageVariableOverrides,
    useStageCache: truth(UseStageCache),
  };
}

/** The stage it makes, with all that StageDescription says of it. */
async function describeStage(properties: Properties, previous: Properties, context: ResourceContext): Promise<void> {
  const restApiId = properties["RestApiId"];
  const stageName = properties["StageName"];
  const settings = (properties["StageDescription"] ?? {}) as Properties;
  const before = (previous["StageDescription"] ?? {}) as Properties;
  if (stageName === undefined) {
    if (Object.keys(settings).length > 0) throw badRequest("StageDescription cannot be specified without a StageName");
    return;
  }
  const patchOperations = stagePatch(flat(settings), flat(before));
  if (patchOperations.length > 0) await call(context, "UpdateStage", { restApiId, stageName, patchOperations });
  const tags = (settings["Tags"] ?? []) as readonly { readonly Key: string; readonly Value: string }[];
  const old = (before["Tags"] ?? []) as typeof tags;
  const resourceArn = `arn:aws:apigateway:${context.region}::/restapis/${written(restApiId)}/stages/${written(stageName)}`;
  const gone = old.map((tag) => tag.Key).filter((name) => tags.every((tag) => tag.Key !== name));
  if (gone.length > 0) await call(context, "UntagResource", { resourceArn, tagKeys: gone });
  if (tags.length > 0)
    await call(context, "TagResource", {
      resourceArn,
      tags: Object.fromEntries(tags.map((tag) => [tag.Key, tag.Value])),
    });
}

/** Another stage name is another stage: the one it served is left to whoever serves it now. */
async function moveStage(
  deploymentId: string,
  properties: Properties,
  previous: Properties,
  context: ResourceContext,
): Promise<void> {
  const restApiId = properties["RestApiId"];
  const before = { restApiId, stageName: previous["StageName"] };
  if (properties["StageName"] !== undefined) {
    await call(context, "CreateStage", { restApiId, stageName: properties["StageName"], deploymentId });
    await describeStage(properties, {}, context);
  }
  if (previous["StageName"] === undefined) return;
  const stage = await found(context, "GetStage", before);
  if (stage?.["deploymentId"] === deploymentId) await remove(context, "DeleteStage", before);
}

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
