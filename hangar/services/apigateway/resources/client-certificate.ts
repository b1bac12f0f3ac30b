// The CloudFormation type AWS::ApiGateway::ClientCertificate.

import type { ResourceType } from "../../../cloud/resource.ts";
import { call, found, remove, replaced, tagsOf, toTags, updateTags, written } from "./properties.ts";

export const clientCertificate: ResourceType = {
  type: "AWS::ApiGateway::ClientCertificate",
  properties: ["Description", "Tags"],
  async create(properties, context) {
    const made = await call(context, "GenerateClientCertificate", {
      description: properties["Description"],
      tags: tagsOf(properties, context),
    });
    const id = written(made["clientCertificateId"]);
    return { id, attributes: { ClientCertificateId: id } };
  },
  async update(state, properties, previous, context) {
    const { id } = state;
    const patchOperations = replaced(properties, previous, { Description: "/description" });
    if (patchOperations.length > 0)
      await call(context, "UpdateClientCertificate", { clientCertificateId: id, patchOperations });
    const arn = `arn:aws:apigateway:${context.region}::/clientcertificates/${id}`;
    await updateTags(arn, properties, previous, context);
    return state;
  },
  delete: ({ id }, _properties, context) => remove(context, "DeleteClientCertificate", { clientCertificateId: id }),
  async read(id, context) {
    const row = await found(context, "GetClientCertificate", { clientCertificateId: id });
    if (row === undefined) return undefined;
    return { ClientCertificateId: id, Description: row["description"], Tags: toTags(row["tags"]) };
  },
};
