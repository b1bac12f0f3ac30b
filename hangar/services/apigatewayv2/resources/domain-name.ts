// The CloudFormation type AWS::ApiGatewayV2::DomainName.

import type { ResourceState, ResourceType } from "../../../cloud/resource.ts";
import { call, found, inputOf, remove, tagsOf, updateTags } from "./properties.ts";

type Configured = { readonly DomainNameConfigurations?: readonly Readonly<Record<string, unknown>>[] };

function stateOf(row: Readonly<Record<string, unknown>>): ResourceState {
  const [configuration = {}] = (row as Configured).DomainNameConfigurations ?? [];
  return {
    id: String(row["DomainName"] as string),
    attributes: {
      DomainNameArn: row["DomainNameArn"],
      RegionalDomainName: configuration["ApiGatewayDomainName"],
      RegionalHostedZoneId: configuration["HostedZoneId"],
    },
  };
}

export const domainName: ResourceType = {
  type: "AWS::ApiGatewayV2::DomainName",
  properties: ["DomainName", "DomainNameConfigurations", "RoutingMode", "Tags"],
  async create(properties, context) {
    const input = inputOf(properties, ["DomainName", "DomainNameConfigurations", "RoutingMode"]);
    return stateOf(await call(context, "CreateDomainName", { ...input, Tags: tagsOf(properties, context) }));
  },
  async update(state, properties, previous, context) {
    const input = inputOf(properties, ["DomainName", "DomainNameConfigurations", "RoutingMode"]);
    const row = await call(context, "UpdateDomainName", input);
    await updateTags(context, `/domainnames/${state.id}`, properties, previous);
    return stateOf(row);
  },
  delete: (state, _properties, context) => remove(context, "DeleteDomainName", { DomainName: state.id }),
  async read(id, context) {
    const row = await found(context, "GetDomainName", { DomainName: id });
    return row === undefined
      ? undefined
      : inputOf(row, ["DomainName", "DomainNameConfigurations", "RoutingMode", "Tags"]);
  },
};
