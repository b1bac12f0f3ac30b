// The CloudFormation type AWS::ApiGatewayV2::Stage.

import type { Properties, ResourceContext, ResourceType } from "../../../cloud/resource.ts";
import { call, changesOf, found, inputOf, remove, tagsOf, texts, truth, updateTags, type Input } from "./properties.ts";

const NAMES = [
  "ApiId",
  "StageName",
  "DeploymentId",
  "Description",
  "AutoDeploy",
  "StageVariables",
  "RouteSettings",
  "DefaultRouteSettings",
  "AccessLogSettings",
  "ClientCertificateId",
];

function settingsOf(properties: Properties): Input {
  return inputOf(properties, NAMES, { AutoDeploy: truth, StageVariables: texts });
}

export const stage: ResourceType = {
  type: "AWS::ApiGatewayV2::Stage",
  properties: [...NAMES, "Tags"],
  async create(properties, context) {
    const made = await call(context, "CreateStage", { ...settingsOf(properties), Tags: tagsOf(properties, context) });
    return { id: String(made["StageName"] as string), attributes: {} };
  },
  async update(state, properties, previous, context) {
    const place = { ApiId: properties["ApiId"], StageName: state.id };
    const { AutoDeploy = false, DeploymentId, ...wanted } = settingsOf(properties);
    const { DeploymentId: _before, AutoDeploy: _auto, ...before } = settingsOf(previous);
    const { RouteSettings, AccessLogSettings, ...changes } = changesOf(wanted, before, ["StageVariables"]);
    await call(context, "UpdateStage", {
      ...changes,
      ...place,
      AutoDeploy,
      // A stage that deploys by itself takes no deployment from others.
      ...(AutoDeploy === true ? {} : { DeploymentId }),
      RouteSettings: wanted["RouteSettings"] === undefined ? undefined : RouteSettings,
      AccessLogSettings: wanted["AccessLogSettings"] === undefined ? undefined : AccessLogSettings,
    });
    await takeOff(context, place, { wanted, before });
    await updateTags(context, `/apis/${String(place.ApiId as string)}/stages/${state.id}`, properties, previous);
    return state;
  },
  delete: (state, properties, context) =>
    remove(context, "DeleteStage", { ApiId: properties["ApiId"], StageName: state.id }),
  async read(id, context) {
    const [ApiId = "", StageName = ""] = id.split("|");
    const row = await found(context, "GetStage", { ApiId, StageName });
    return row === undefined ? undefined : { ApiId, ...inputOf(row, [...NAMES, "Tags"]) };
  },
};

type Change = { readonly wanted: Input; readonly before: Input };

/** Logs and settings of routes have operations of their own to end them. */
async function takeOff(context: ResourceContext, place: Input, { wanted, before }: Change): Promise<void> {
  if (before["AccessLogSettings"] !== undefined && wanted["AccessLogSettings"] === undefined)
    await remove(context, "DeleteAccessLogSettings", place);
  const now = (wanted["RouteSettings"] ?? {}) as object;
  for (const RouteKey of Object.keys((before["RouteSettings"] ?? {}) as object))
    if (!Object.hasOwn(now, RouteKey)) await remove(context, "DeleteRouteSettings", { ...place, RouteKey });
}
