// Record sets in Route 53 for the custom domain of an API.

import type { Expansion } from "./expansion.ts";
import { hashOf } from "./logical-ids.ts";
import { resourceProblem } from "./problems.ts";
import { Literal, put, type Fields } from "./python-order.ts";
import { Resource } from "./resource.ts";
import { expect, expectMap } from "./shape.ts";
import { at, filled, getAtt } from "./values.ts";

export type DomainOf = {
  readonly apiId: string;
  readonly domain: Fields;
  readonly domainId: string;
  readonly attributes: Fields;
};

export function recordSetsOf(of: DomainOf, expansion: Expansion): Resource | undefined {
  const { apiId, domain, attributes } = of;
  const given = at(domain, "Route53");
  if (given === undefined || given === null) return undefined;
  const route53 = expectMap(given, { resource: apiId }, "Domain.Route53");
  const zone = at(route53, "HostedZoneId") ?? undefined;
  const zoneName = at(route53, "HostedZoneName") ?? undefined;
  if (zone === undefined && zoneName === undefined)
    throw resourceProblem(
      apiId,
      "HostedZoneId or HostedZoneName is required to enable Route53 support on Custom Domains.",
    );
  const named = filled(zone) ? zone : zoneName;
  const separate = filled(at(route53, "SeparateRecordSetGroup"));
  if (separate)
    expect(
      "boolean",
      at(route53, "SeparateRecordSetGroup"),
      { resource: apiId },
      "Domain.Route53.SeparateRecordSetGroup",
    );
  const id = `RecordSetGroup${hashOf(separate ? [named, at(domain, "DomainName")] : named)}`;
  const known = separate ? undefined : expansion.recordSets.get(id);
  const group =
    known ??
    new Resource(
      "AWS::Route53::RecordSetGroup",
      id,
      { HostedZoneId: zone, HostedZoneName: zoneName, RecordSets: [] },
      { attributes },
    );
  if (!separate) expansion.recordSets.set(id, group);
  (group.properties["RecordSets"] as unknown[]).push(...recordsOf(of, route53));
  return group;
}

function recordsOf({ domain, domainId }: DomainOf, route53: Fields): Fields[] {
  const record = (type: string): Fields => ({
    Name: at(domain, "DomainName"),
    Type: type,
    AliasTarget: aliasTarget(domain, domainId, route53),
    ...present(route53, "Region"),
    ...present(route53, "SetIdentifier"),
  });
  return [record("A"), ...(at(route53, "IpV6") === true ? [record("AAAA")] : [])];
}

function present(fields: Fields, name: string): Fields {
  const value = at(fields, name);
  return value === undefined || value === null ? {} : { [name]: value };
}

/** The zone of every distribution of CloudFront. */
const CLOUDFRONT_ZONE = "Z2FDTNDATAQYW2";

function aliasTarget(domain: Fields, domainId: string, route53: Fields): Fields {
  const health = present(route53, "EvaluateTargetHealth");
  if (at(domain, "EndpointConfiguration") === "EDGE") {
    const name = at(route53, "DistributionDomainName") ?? getAtt(domainId, "DistributionDomainName");
    put(route53, new Literal("DistributionDomainName"), name);
    return { ...health, HostedZoneId: CLOUDFRONT_ZONE, DNSName: name };
  }
  return {
    ...health,
    HostedZoneId: getAtt(domainId, "RegionalHostedZoneId"),
    DNSName: getAtt(domainId, "RegionalDomainName"),
  };
}

export function mutualTlsOf(domain: Fields, apiId: string): Fields | undefined {
  const given = at(domain, "MutualTlsAuthentication");
  if (!filled(given)) return undefined;
  const tls = expectMap(given, { resource: apiId }, "Domain.MutualTlsAuthentication");
  const known = ["TruststoreUri", "TruststoreVersion"];
  if (Object.keys(tls).some((key) => !known.includes(key)))
    throw resourceProblem(
      apiId,
      "Available Domain.MutualTlsAuthentication fields are ['TruststoreUri', 'TruststoreVersion'].",
    );
  return Object.fromEntries(known.filter((key) => filled(at(tls, key))).map((key) => [key, tls[key]]));
}

/** Undefined: the whole domain is the API's. */
export function basePathsOf(domain: Fields): unknown[] | undefined {
  const given = at(domain, "BasePath");
  if (!filled(given)) return undefined;
  return Array.isArray(given) ? (given as unknown[]) : typeof given === "string" ? [given] : undefined;
}
