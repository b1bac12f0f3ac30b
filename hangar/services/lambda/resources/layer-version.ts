// The CloudFormation type AWS::Lambda::LayerVersion.

import type { ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import { list, members, optionalText, present, text } from "../rules/property-values.ts";

export const layerVersion: ResourceType = {
  type: "AWS::Lambda::LayerVersion",
  properties: ["CompatibleArchitectures", "CompatibleRuntimes", "Content", "Description", "LayerName", "LicenseInfo"],
  async create(properties, context) {
    const { S3Bucket, S3Key, S3ObjectVersion } = members(properties["Content"]);
    const answer = await context.call(
      "lambda",
      "PublishLayerVersion",
      present({
        // AWS names a nameless layer after its logical id.
        LayerName: optionalText(properties["LayerName"]) ?? context.logicalId,
        Content: present({ S3Bucket, S3Key, S3ObjectVersion }),
        Description: optionalText(properties["Description"]),
        CompatibleArchitectures: list(properties["CompatibleArchitectures"]),
        CompatibleRuntimes: list(properties["CompatibleRuntimes"]),
        LicenseInfo: optionalText(properties["LicenseInfo"]),
      }),
    );
    const arn = text(answer["LayerVersionArn"]);
    return { id: arn, attributes: { LayerVersionArn: arn } };
  },
  async delete(state, _properties, context) {
    const cut = state.id.lastIndexOf(":");
    await unlessGone(
      context.call("lambda", "DeleteLayerVersion", {
        LayerName: state.id.slice(0, cut),
        VersionNumber: Number(state.id.slice(cut + 1)),
      }),
    );
  },
};
