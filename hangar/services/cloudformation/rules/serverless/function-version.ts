// AutoPublishAlias: a version of the function, named by its code, and an alias that points to it.

import type { Expansion } from "./expansion.ts";
import { hashOf } from "./logical-ids.ts";
import { resourceProblem } from "./problems.ts";
import type { Fields } from "./python-order.ts";
import { passedOn, Resource } from "./resource.ts";
import { resolveParameters } from "./resolve.ts";
import { at, fieldsAt, filled, getAtt, idIn, textOf } from "./values.ts";

export function aliasName({ logicalId, properties }: Resource, parameters: Fields): string {
  const name = textOf(resolveParameters(properties["AutoPublishAlias"], parameters));
  if (name === undefined)
    throw resourceProblem(logicalId, "'AutoPublishAlias' must be a string or a Ref to a template parameter");
  return name;
}

/** The hash that stands for the code, where the template gives one: it also goes into the description. */
export function describeCode(
  { logicalId, properties }: Resource,
  function_: Resource,
  parameters: Fields,
): string | undefined {
  if (!filled(properties["AutoPublishCodeSha256"])) return undefined;
  const hash = textOf(resolveParameters(properties["AutoPublishCodeSha256"], parameters));
  if (hash === undefined) throw resourceProblem(logicalId, "AutoPublishCodeSha256 must be a string");
  const description = resolveParameters(properties["Description"], parameters);
  const text = textOf(description);
  if (filled(description) && text === undefined)
    function_.properties["Description"] = { "Fn::Join": [" ", [description, hash]] };
  else function_.properties["Description"] = text === undefined || text === "" ? hash : `${text} ${hash}`;
  return hash;
}

type Publishing = { readonly hash: string | undefined; readonly expansion: Expansion };

export function versionOf(read: Resource, function_: Resource, { hash, expansion }: Publishing): Resource {
  const { logicalId, properties } = read;
  const code = resolveParameters(function_.properties["Code"], expansion.parameters) as Fields;
  const facts = filled(properties["AutoPublishAliasAllProperties"])
    ? allFacts(function_, expansion.written)
    : codeFacts(function_, code);
  const own = hash === undefined || hash === "" ? hashOf(facts) : hash.slice(0, 10);
  return new Resource(
    "AWS::Lambda::Version",
    `${logicalId}Version${own}`,
    { FunctionName: function_.ref(), Description: properties["VersionDescription"] },
    { attributes: { DeletionPolicy: properties["VersionDeletionPolicy"] ?? "Retain", ...passedOn(read.attributes) } },
  );
}

function codeFacts({ properties }: Resource, code: Fields): Fields {
  const snap = fieldsAt(properties, "SnapStart");
  return {
    ...code,
    ...(filled(properties["Environment"]) ? (properties["Environment"] as Fields) : {}),
    ...(filled(properties["MemorySize"]) ? { MemorySize: properties["MemorySize"] } : {}),
    ...(filled(snap) && (at(snap, "ApplyOn") ?? "None") !== "None" ? { SnapStart: snap } : {}),
  };
}

/** Layers that are published with the function count as its own. */
function allFacts({ properties }: Resource, resources: Fields): Fields {
  const facts: Fields = Object.fromEntries(
    Object.entries(properties).filter(([, value]) => value !== undefined && value !== null),
  );
  for (const layer of Array.isArray(properties["Layers"]) ? (properties["Layers"] as unknown[]) : []) {
    const id = idIn(layer);
    const given = fieldsAt(fieldsAt(resources, id ?? ""), "Properties");
    if (id !== undefined && filled(at(given, "PublishLambdaVersion"))) facts[id] = given;
  }
  return facts;
}

type Aliased = { readonly function: Resource; readonly version: Resource };

export function aliasOf(read: Resource, name: string, { function: function_, version }: Aliased): Resource {
  const { logicalId, properties } = read;
  if (name === "") throw resourceProblem(logicalId, "Alias name is required to create an alias");
  if (!/^(?![0-9]+$)[a-zA-Z0-9\-_]+$/.test(name))
    throw resourceProblem(
      logicalId,
      `AutoPublishAlias name ('${name}') must contain only alphanumeric characters, hyphens, or underscores matching (?!^[0-9]+$)([a-zA-Z0-9-_]+) pattern.`,
    );
  const provisioned = properties["ProvisionedConcurrencyConfig"];
  return new Resource(
    "AWS::Lambda::Alias",
    `${logicalId}Alias${name.replaceAll("-", "D").replaceAll("_", "U")}`,
    {
      Name: name,
      FunctionName: function_.ref(),
      FunctionVersion: getAtt(version.logicalId, "Version"),
      ProvisionedConcurrencyConfig: filled(provisioned) ? provisioned : undefined,
    },
    { attributes: passedOn(read.attributes) },
  );
}
