// The CloudFormation type AWS::Lambda::LayerVersionPermission.

import type { ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import { optionalText, present, text } from "../rules/property-values.ts";

export const layerVersionPermission: ResourceType = {
  type: "AWS::Lambda::LayerVersionPermission",
  properties: ["Action", "LayerVersionArn", "OrganizationId", "Principal"],
  async create(properties, context) {
    const statement = context.physicalName(100);
    const arn = text(properties["LayerVersionArn"]);
    await context.call(
      "lambda",
      "AddLayerVersionPermission",
      present({
        ...target(arn),
        StatementId: statement,
        Action: properties["Action"],
        Principal: text(properties["Principal"]),
        OrganizationId: optionalText(properties["OrganizationId"]),
      }),
    );
    const id = `${arn}#${statement}`;
    return { id, attributes: { Id: id } };
  },
  async delete(state, _properties, context) {
    const [arn = "", statement = ""] = state.id.split("#");
    await unlessGone(
      context.call("lambda", "RemoveLayerVersionPermission", { ...target(arn), StatementId: statement }),
    );
  },
};

function target(arn: string): { readonly LayerName: string; readonly VersionNumber: number } {
  const cut = arn.lastIndexOf(":");
  return { LayerName: arn.slice(0, cut), VersionNumber: Number(arn.slice(cut + 1)) };
}
