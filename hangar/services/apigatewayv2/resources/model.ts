// The CloudFormation type AWS::ApiGatewayV2::Model.

import { partOfApi } from "./part-of-api.ts";
import { text } from "./properties.ts";

export const model = partOfApi({
  type: "AWS::ApiGatewayV2::Model",
  properties: ["ApiId", "Name", "ContentType", "Description", "Schema"],
  name: "Model",
  id: "ModelId",
  place: ["ApiId"],
  identifier: ["ApiId", "ModelId"],
  readings: { Schema: text },
});
