// Custom domain names, which REST APIs keep, in the words of HTTP APIs.

import type { DomainName, DomainNameConfiguration } from "../../../models/apigatewayv2.d.ts";
import { notEmulated } from "../../../kernel/aws-error.ts";
import { badRequest } from "../errors.ts";

/** As API Gateway's REST half tells of it. */
export type RestDomain = Readonly<Record<string, unknown>>;

type DomainInput = {
  readonly DomainNameConfigurations?: readonly DomainNameConfiguration[] | undefined;
  readonly MutualTlsAuthentication?: unknown;
  readonly RoutingMode?: string | undefined;
};

export function checkDomain({
  DomainNameConfigurations = [],
  MutualTlsAuthentication,
  RoutingMode,
}: DomainInput): void {
  if (MutualTlsAuthentication !== undefined) throw notEmulated("mutual TLS (MutualTlsAuthentication)");
  if (RoutingMode !== undefined && RoutingMode !== "API_MAPPING_ONLY")
    throw notEmulated(`routing rules (RoutingMode ${RoutingMode})`);
  if (DomainNameConfigurations.length > 1) throw badRequest("Only one domain name configuration is allowed");
  const [configuration] = DomainNameConfigurations;
  if (configuration !== undefined && configuration.CertificateArn === undefined)
    throw badRequest("A certificate must be provided for the domain name");
}

/** HTTP APIs have regional names only. */
export function restDomain(configuration: DomainNameConfiguration): Record<string, unknown> {
  const { CertificateArn, CertificateName, SecurityPolicy, IpAddressType, OwnershipVerificationCertificateArn } =
    configuration;
  const all = {
    regionalCertificateArn: CertificateArn,
    regionalCertificateName: CertificateName,
    securityPolicy: SecurityPolicy,
    ownershipVerificationCertificateArn: OwnershipVerificationCertificateArn,
    endpointConfiguration: {
      types: [configuration.EndpointType ?? "REGIONAL"],
      ...(IpAddressType === undefined ? {} : { ipAddressType: IpAddressType }),
    },
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

const PATCHES: readonly (readonly [keyof DomainNameConfiguration, string])[] = [
  ["CertificateArn", "/regionalCertificateArn"],
  ["CertificateName", "/regionalCertificateName"],
  ["SecurityPolicy", "/securityPolicy"],
  ["IpAddressType", "/endpointConfiguration/ipAddressType"],
];

export function domainPatches(configuration: DomainNameConfiguration): object[] {
  return PATCHES.flatMap(([name, path]) => {
    const value = configuration[name];
    return value === undefined ? [] : [{ op: "replace", path, value: String(value as string) }];
  });
}

export function domainAnswer(row: RestDomain): DomainName {
  const text = (name: string): string | undefined => row[name] as string | undefined;
  const { types: [type = "EDGE"] = [], ipAddressType } = (row["endpointConfiguration"] ?? {}) as {
    readonly types?: readonly string[];
    readonly ipAddressType?: string;
  };
  const regional = type === "REGIONAL";
  const all = {
    ApiGatewayDomainName: text(regional ? "regionalDomainName" : "distributionDomainName"),
    CertificateArn: text(regional ? "regionalCertificateArn" : "certificateArn"),
    CertificateName: text(regional ? "regionalCertificateName" : "certificateName"),
    DomainNameStatus: text("domainNameStatus"),
    EndpointType: type,
    HostedZoneId: text(regional ? "regionalHostedZoneId" : "distributionHostedZoneId"),
    IpAddressType: ipAddressType,
    SecurityPolicy: text("securityPolicy"),
    OwnershipVerificationCertificateArn: text("ownershipVerificationCertificateArn"),
  };
  return {
    DomainName: text("domainName") ?? "",
    DomainNameArn: text("domainNameArn"),
    ApiMappingSelectionExpression: "$request.basepath",
    DomainNameConfigurations: [all],
    RoutingMode: "API_MAPPING_ONLY",
    Tags: (row["tags"] ?? {}) as Readonly<Record<string, string>>,
  };
}
