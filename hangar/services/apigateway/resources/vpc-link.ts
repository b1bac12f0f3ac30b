// The CloudFormation type AWS::ApiGateway::VpcLink.

import type { ResourceType } from "../../../cloud/resource.ts";
import { call, found, remove, replaced, tagsOf, toTags, updateTags, upper, written } from "./properties.ts";

export const vpcLink: ResourceType = {
  type: "AWS::ApiGateway::VpcLink",
  properties: ["Description", "Name", "Tags", "TargetArns"],
  async create(properties, context) {
    const made = await call(context, "CreateVpcLink", {
      name: properties["Name"],
      description: properties["Description"],
      targetArns: properties["TargetArns"],
      tags: tagsOf(properties, context),
    });
    const id = written(made["id"]);
    return { id, attributes: { VpcLinkId: id } };
  },
  async update(state, properties, previous, context) {
    const { id } = state;
    const patchOperations = replaced(properties, previous, { Name: "/name", Description: "/description" });
    if (patchOperations.length > 0) await call(context, "UpdateVpcLink", { vpcLinkId: id, patchOperations });
    await updateTags(`arn:aws:apigateway:${context.region}::/vpclinks/${id}`, properties, previous, context);
    return state;
  },
  delete: ({ id }, _properties, context) => remove(context, "DeleteVpcLink", { vpcLinkId: id }),
  async read(id, context) {
    const row = await found(context, "GetVpcLink", { vpcLinkId: id });
    if (row === undefined) return undefined;
    const { tags, id: _id, status: _status, statusMessage: _message, ...shown } = row;
    return { ...upper(shown), VpcLinkId: id, Tags: toTags(tags) };
  },
};
