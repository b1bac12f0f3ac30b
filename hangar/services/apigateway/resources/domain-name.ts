// The CloudFormation type AWS::ApiGateway::DomainName.

import type { Properties, ResourceType } from "../../../cloud/resource.ts";
import { notEmulated } from "../../../kernel/aws-error.ts";
import type { PatchOperation } from "../../../models/apigateway.d.ts";
import { call, found, lower, remove, replaced, tagsOf, textOf, toTags, updateTags } from "./properties.ts";

export const domainName: ResourceType = {
  type: "AWS::ApiGateway::DomainName",
  properties: ["DomainName", "EndpointConfiguration", "Tags"],
  inert: {
    CertificateArn: "kept and shown; TLS ends at Hangar's own certificate",
    RegionalCertificateArn: "kept and shown; TLS ends at Hangar's own certificate",
    SecurityPolicy: "kept and shown; there is no TLS policy to choose here",
    OwnershipVerificationCertificateArn: "ownership of names is not checked",
  },
  async create(properties, context) {
    const made = await call(context, "CreateDomainName", {
      domainName: properties["DomainName"],
      endpointConfiguration: lower(properties["EndpointConfiguration"]),
      certificateArn: properties["CertificateArn"],
      regionalCertificateArn: properties["RegionalCertificateArn"],
      ownershipVerificationCertificateArn: properties["OwnershipVerificationCertificateArn"],
      securityPolicy: properties["SecurityPolicy"],
      tags: tagsOf(properties, context),
    });
    const names = {
      DistributionDomainName: "distributionDomainName",
      DistributionHostedZoneId: "distributionHostedZoneId",
      RegionalDomainName: "regionalDomainName",
      RegionalHostedZoneId: "regionalHostedZoneId",
      DomainNameArn: "domainNameArn",
    };
    const attributes = Object.fromEntries(Object.entries(names).map(([name, member]) => [name, made[member] ?? ""]));
    return { id: textOf(properties, "DomainName"), attributes };
  },
  async update(state, properties, previous, context) {
    const { Types: [type] = [], IpAddressType } = endpointOf(properties);
    const { Types: [old] = [], IpAddressType: before } = endpointOf(previous);
    if (type !== old) throw notEmulated("changing the endpoint type of a custom domain name");
    const patchOperations: PatchOperation[] = [
      ...replaced(properties, previous, {
        CertificateArn: "/certificateArn",
        RegionalCertificateArn: "/regionalCertificateArn",
      }),
      ...replaced(properties, previous, { SecurityPolicy: "/securityPolicy" }, { SecurityPolicy: "TLS_1_2" }),
      ...(IpAddressType === before
        ? []
        : [{ op: "replace", path: "/endpointConfiguration/ipAddressType", value: IpAddressType ?? "ipv4" }]),
    ];
    if (patchOperations.length > 0) await call(context, "UpdateDomainName", { domainName: state.id, patchOperations });
    await updateTags(`arn:aws:apigateway:${context.region}::/domainnames/${state.id}`, properties, previous, context);
    return state;
  },
  delete: (state, _properties, context) => remove(context, "DeleteDomainName", { domainName: state.id }),
  async read(id, context) {
    const row = await found(context, "GetDomainName", { domainName: id });
    return row === undefined ? undefined : { DomainName: id, Tags: toTags(row["tags"]) };
  },
};

type Endpoint = { readonly Types?: readonly string[]; readonly IpAddressType?: string };

function endpointOf(properties: Properties): Endpoint {
  return (properties["EndpointConfiguration"] ?? {}) as Endpoint;
}
