// The custom domain of an HTTP API, its mappings and records.

import { basePathsOf, mutualTlsOf, recordSetsOf } from "./domain-records.ts";
import type { Expansion } from "./expansion.ts";
import { hashOf } from "./logical-ids.ts";
import { resourceProblem } from "./problems.ts";
import type { Fields } from "./python-order.ts";
import { Resource } from "./resource.ts";
import { expectMap } from "./shape.ts";
import { at, filled, ref, textOf } from "./values.ts";

type Api = { readonly logicalId: string; readonly attributes: Fields };

export function httpApiDomain(api: Api, given: unknown, expansion: Expansion): Resource[] {
  if (given === undefined || given === null) return [];
  const { logicalId, attributes } = api;
  const domain = expectMap(given, { resource: logicalId }, "Domain");
  const [name, certificate] = ["DomainName", "CertificateArn"].map((each) => at(domain, each) ?? undefined);
  if (name === undefined || certificate === undefined)
    throw resourceProblem(logicalId, "Custom Domains only works if both DomainName and CertificateArn are provided.");
  if ((at(domain, "EndpointConfiguration") ?? "REGIONAL") !== "REGIONAL")
    throw resourceProblem(logicalId, "EndpointConfiguration for Custom Domains must be one of ['REGIONAL'].");
  const domainId = `ApiGatewayDomainNameV2${hashOf(name)}`;
  const optional = ["OwnershipVerificationCertificateArn", "SecurityPolicy"];
  const resource = new Resource(
    "AWS::ApiGatewayV2::DomainName",
    domainId,
    {
      DomainName: name,
      Tags: { "httpapi:createdBy": "SAM" },
      DomainNameConfigurations: [
        {
          CertificateArn: certificate,
          EndpointType: "REGIONAL",
          ...Object.fromEntries(
            optional.filter((each) => filled(at(domain, each))).map((each) => [each, domain[each]]),
          ),
        },
      ],
      MutualTlsAuthentication: mutualTlsOf(domain, logicalId),
    },
    { attributes },
  );
  const records = recordSetsOf({ apiId: logicalId, domain, domainId, attributes }, expansion);
  return [resource, ...mappings(api, domain, domainId), ...(records === undefined ? [] : [records])];
}

function mappings({ logicalId, attributes }: Api, domain: Fields, domainId: string): Resource[] {
  const mapping = (id: string, key: string | undefined): Resource =>
    new Resource(
      "AWS::ApiGatewayV2::ApiMapping",
      id,
      { DomainName: ref(domainId), ApiId: ref(logicalId), Stage: ref(`${logicalId}.Stage`), ApiMappingKey: key },
      { attributes },
    );
  const paths = basePathsOf(domain);
  if (paths === undefined) return [mapping(`${logicalId}ApiMapping`, undefined)];
  return paths.map((each) => {
    const path = textOf(each);
    if (path === undefined) throw resourceProblem(logicalId, "Basepath must be a string.");
    if (/[^0-9a-zA-Z/\-_]/.test(path)) throw resourceProblem(logicalId, "Invalid Basepath name provided.");
    return mapping(`${logicalId}${path.replace(/[-_/]+/g, "")}ApiMapping`, path.replace(/^\/+|\/+$/g, ""));
  });
}
