// AWS::Serverless::LayerVersion: another version of a layer is another resource.

import type { Expansion } from "./expansion.ts";
import { codeAt } from "./function-code.ts";
import { hashOf } from "./logical-ids.ts";
import { resourceProblem } from "./problems.ts";
import type { Fields } from "./python-order.ts";
import { passedOn, readResource, Resource } from "./resource.ts";
import { resolveParameters } from "./resolve.ts";
import { filled, isFunction, textOf } from "./values.ts";

const NOT_HASHED = ["DeletionPolicy", "UpdateReplacePolicy", "Metadata"];
const RETENTION = ["Retain", "Delete"];

export function expandLayerVersion(logicalId: string, given: Fields, { parameters }: Expansion): Resource[] {
  const read = readResource(logicalId, given, "AWS::Serverless::LayerVersion", {
    LayerName: "string|map",
    Description: "string",
    PublishLambdaVersion: "boolean",
    ContentUri: "string|map!",
    CompatibleArchitectures: "list<string|map>",
    CompatibleRuntimes: "list<string|map>",
    LicenseInfo: "string",
    RetentionPolicy: "string",
  });
  const { properties } = read;
  for (const name of ["LayerName", "LicenseInfo", "Description", "RetentionPolicy"])
    properties[name] = resolvedText(read, name, parameters);
  const policy = retentionOf(read);
  const hashed = Object.entries(read.written()).filter(([name]) => !NOT_HASHED.includes(name));
  const id = `${logicalId}${hashOf({ [logicalId]: Object.fromEntries(hashed) as Fields })}`;
  checkArchitectures(id, properties["CompatibleArchitectures"]);
  return [
    new Resource(
      "AWS::Lambda::LayerVersion",
      id,
      {
        LayerName: filled(properties["LayerName"]) ? properties["LayerName"] : logicalId,
        Description: properties["Description"],
        Content: codeAt(id, "ContentUri", properties["ContentUri"]),
        CompatibleArchitectures: properties["CompatibleArchitectures"],
        CompatibleRuntimes: properties["CompatibleRuntimes"],
        LicenseInfo: properties["LicenseInfo"],
      },
      {
        dependsOn: read.dependsOn,
        attributes: {
          DeletionPolicy: "Retain",
          ...passedOn(read.attributes),
          ...(policy === undefined ? {} : { DeletionPolicy: policy }),
        },
      },
    ),
  ];
}

function resolvedText({ logicalId, properties }: Resource, name: string, parameters: Fields): unknown {
  const value = properties[name];
  if (value === undefined || value === null) return value;
  const found = resolveParameters(value, parameters);
  if (textOf(found) === undefined && !isFunction(found))
    throw resourceProblem(logicalId, `Could not resolve parameter for '${name}' or parameter is not a String.`);
  return found;
}

function retentionOf({ logicalId, properties }: Resource): string | undefined {
  const given = properties["RetentionPolicy"];
  const options = "['Retain', 'Delete']";
  if (isFunction(given))
    throw resourceProblem(
      logicalId,
      `'RetentionPolicy' does not accept intrinsic functions, please use one of the following options: ${options}`,
    );
  if (given === undefined || given === null) return undefined;
  const name = textOf(given)?.toLowerCase();
  const known = RETENTION.find((option) => option.toLowerCase() === name);
  if (known === undefined)
    throw resourceProblem(logicalId, `'RetentionPolicy' must be one of the following options: ${options}.`);
  return known;
}

function checkArchitectures(id: string, given: unknown): void {
  const list = Array.isArray(given) ? (given as unknown[]) : [];
  if (!list.every((each) => isFunction(each) || each === "arm64" || each === "x86_64"))
    throw resourceProblem(id, "CompatibleArchitectures needs to be a list of 'x86_64' or 'arm64'");
}
