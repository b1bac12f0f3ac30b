// The CloudFormation type AWS::ApiGatewayV2::Deployment.

import type { ResourceType } from "../../../cloud/resource.ts";
import { partOfApi } from "./part-of-api.ts";
import { call } from "./properties.ts";

const part = partOfApi({
  type: "AWS::ApiGatewayV2::Deployment",
  properties: ["ApiId", "Description", "StageName"],
  name: "Deployment",
  id: "DeploymentId",
  place: ["ApiId"],
  identifier: ["ApiId", "DeploymentId"],
});

export const deployment: ResourceType = {
  ...part,
  /** A stage that is named later is put on it. */
  async update(state, properties, previous, context) {
    const { ApiId, Description = "", StageName } = properties;
    await call(context, "UpdateDeployment", { ApiId, DeploymentId: state.id, Description });
    if (StageName !== undefined && StageName !== previous["StageName"])
      await call(context, "UpdateStage", { ApiId, StageName, DeploymentId: state.id });
    return state;
  },
};
