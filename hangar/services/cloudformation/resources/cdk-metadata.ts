// AWS::CDK::Metadata: the CDK's usage analytics, which do nothing; AWS::CloudFormation::WaitConditionHandle: a URL.

import type { ResourceType } from "../../../cloud/resource.ts";

export const cdkMetadata: ResourceType = {
  type: "AWS::CDK::Metadata",
  properties: [],
  inert: { Analytics: "usage analytics of the CDK: nothing is sent" },
  create: async (_properties, context) => ({ id: context.context.ids.uuid(), attributes: {} }),
  update: async (state) => state,
  delete: async () => {},
};
