// The custom domain of a REST API, its base paths and records.

import { notEmulated } from "../../../../kernel/aws-error.ts";
import { basePathsOf, mutualTlsOf, recordSetsOf } from "./domain-records.ts";
import type { Expansion } from "./expansion.ts";
import { hashOf } from "./logical-ids.ts";
import { resourceProblem } from "./problems.ts";
import { put, type Fields } from "./python-order.ts";
import { Resource } from "./resource.ts";
import { expectMap, expectPresent, expectText } from "./shape.ts";
import { at, filled, ref } from "./values.ts";

/** Also fills in what the domain leaves to SAM: a deployment's name depends on it. */
export function restApiDomain(
  api: { readonly logicalId: string; readonly attributes: Fields },
  given: unknown,
  expansion: Expansion,
): Resource[] {
  if (given === undefined || given === null) return [];
  const { logicalId, attributes } = api;
  const owner = { resource: logicalId };
  const domain = expectMap(given, owner, "Domain");
  if (at(domain, "EndpointConfiguration") === "PRIVATE")
    throw notEmulated("the EndpointConfiguration PRIVATE of the Domain of AWS::Serverless::Api");
  const name = expectPresent(domain, "DomainName", owner, "Domain.DomainName");
  const certificate = expectPresent(domain, "CertificateArn", owner, "Domain.CertificateArn");
  const domainId = `ApiGatewayDomainName${hashOf(name)}`;
  put(domain, "ApiDomainName", domainId);
  const endpoint = at(domain, "EndpointConfiguration") ?? "REGIONAL";
  if (endpoint !== "EDGE" && endpoint !== "REGIONAL")
    throw resourceProblem(
      logicalId,
      "EndpointConfiguration for Custom Domains must be one of ['EDGE', 'REGIONAL', 'PRIVATE'].",
    );
  put(domain, "EndpointConfiguration", endpoint);
  const addresses = at(domain, "IpAddressType");
  const optional = ["SecurityPolicy", "EndpointAccessMode", "Policy", "OwnershipVerificationCertificateArn"];
  const resource = new Resource(
    "AWS::ApiGateway::DomainName",
    domainId,
    {
      DomainName: name,
      [endpoint === "REGIONAL" ? "RegionalCertificateArn" : "CertificateArn"]: certificate,
      EndpointConfiguration: { Types: [endpoint], ...(filled(addresses) ? { IpAddressType: addresses } : {}) },
      MutualTlsAuthentication: mutualTlsOf(domain, logicalId),
      ...Object.fromEntries(optional.filter((key) => filled(at(domain, key))).map((key) => [key, domain[key]])),
    },
    { attributes },
  );
  const records = recordSetsOf({ apiId: logicalId, domain, domainId, attributes }, expansion);
  return [resource, ...mappings(api, domain, domainId), ...(records === undefined ? [] : [records])];
}

function mappings(
  { logicalId, attributes }: { readonly logicalId: string; readonly attributes: Fields },
  domain: Fields,
  domainId: string,
): Resource[] {
  const paths = basePathsOf(domain);
  const mapping = (id: string, path: string | undefined): Resource =>
    new Resource(
      "AWS::ApiGateway::BasePathMapping",
      id,
      { DomainName: ref(domainId), RestApiId: ref(logicalId), Stage: ref(`${logicalId}.Stage`), BasePath: path },
      { attributes },
    );
  if (paths === undefined) return [mapping(`${logicalId}BasePathMapping`, undefined)];
  const normalize = filled(at(domain, "NormalizeBasePath") ?? true);
  return paths.map((each, index) => {
    const path = expectText(each, { resource: logicalId }, `Domain.BasePath[${index}]`);
    const letters = path.replace(/[^\p{L}\p{N}]/gu, "");
    return mapping(`${logicalId}${letters}BasePathMapping`, normalize ? letters : path);
  });
}
