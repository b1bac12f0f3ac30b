// The CloudFormation type AWS::ApiGatewayV2::ApiMapping.

import { partOfApi } from "./part-of-api.ts";

export const apiMapping = partOfApi({
  type: "AWS::ApiGatewayV2::ApiMapping",
  properties: ["DomainName", "ApiId", "Stage", "ApiMappingKey"],
  name: "ApiMapping",
  id: "ApiMappingId",
  place: ["DomainName", "ApiId"],
  identifier: ["ApiMappingId", "DomainName"],
});
