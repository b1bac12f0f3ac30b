// A custom domain name as it starts, and what its patches do.

import type { CreateDomainNameInput, DomainName } from "../../../models/apigateway.d.ts";
import { notEmulated } from "../../../kernel/aws-error.ts";
import { badRequest } from "../errors.ts";
import { text, type PatchRules } from "./patch.ts";
import type { DomainRow } from "../store.ts";

/** Zones AWS hands out for aliases: https://docs.aws.amazon.com/general/latest/gr/apigateway.html */
const EDGE_ZONE = "Z2FDTNDATAQYW2";
const REGIONAL_ZONE = "Z1UJRXOUMOOFQ8";

const KEPT = [
  "certificateArn",
  "certificateName",
  "regionalCertificateArn",
  "regionalCertificateName",
  "ownershipVerificationCertificateArn",
] as const;

export function newDomain(input: CreateDomainNameInput, region: string, random: string): DomainRow {
  const { domainName, endpointConfiguration } = input;
  if (!/^(\*\.)?([a-zA-Z0-9-]+\.)+[a-zA-Z0-9-]+$/.test(domainName))
    throw badRequest(`Invalid domain name specified: ${domainName}`);
  const types = endpointConfiguration?.types ?? ["EDGE"];
  if (types[0] === "PRIVATE") throw notEmulated("private custom domain names");
  if (input.mutualTlsAuthentication !== undefined) throw notEmulated("mutual TLS (mutualTlsAuthentication)");
  if (input.certificateBody !== undefined || input.certificatePrivateKey !== undefined)
    throw notEmulated("uploading certificates (certificateBody)");
  if (input.endpointAccessMode === "STRICT") throw notEmulated("strict endpoint access (endpointAccessMode)");
  if (input.routingMode !== undefined && input.routingMode !== "BASE_PATH_MAPPING_ONLY")
    throw notEmulated(`routing rules (routingMode ${input.routingMode})`);
  const edge = types[0] !== "REGIONAL";
  return {
    domainName: domainName.toLowerCase(),
    domainNameArn: `arn:aws:apigateway:${region}::/domainnames/${domainName.toLowerCase()}`,
    ...(edge
      ? { distributionDomainName: `d${random}.cloudfront.net`, distributionHostedZoneId: EDGE_ZONE }
      : {
          regionalDomainName: `d-${random.slice(0, 10)}.execute-api.${region}.amazonaws.com`,
          regionalHostedZoneId: REGIONAL_ZONE,
        }),
    ...Object.fromEntries(KEPT.flatMap((name) => (input[name] === undefined ? [] : [[name, input[name]]]))),
    endpointConfiguration: { types, ipAddressType: endpointConfiguration?.ipAddressType ?? "ipv4" },
    domainNameStatus: "AVAILABLE",
    securityPolicy: input.securityPolicy ?? "TLS_1_2",
    ...(input.tags === undefined ? {} : { tags: input.tags }),
  };
}

/** What a host may be registered as: its own name before a wildcard's. */
export function domainKeys(host: string): readonly string[] {
  const name = host.toLowerCase();
  return [name, name.replace(/^[^.]+/, "*")];
}

export function domainAnswer(row: DomainRow): DomainName {
  return row;
}

export const domainPatches: PatchRules<DomainRow> = {
  "/certificateArn": text("certificateArn"),
  "/certificateName": text("certificateName"),
  "/regionalCertificateArn": text("regionalCertificateArn"),
  "/regionalCertificateName": text("regionalCertificateName"),
  "/securityPolicy": text("securityPolicy"),
  "/endpointConfiguration/ipAddressType": {
    ops: ["replace"],
    apply: (row, { value }) => ({
      ...row,
      endpointConfiguration: { ...row.endpointConfiguration, ipAddressType: value },
    }),
  },
};
