// AWS::Serverless::StateMachine: the state machine, its role, version and alias, and what its events need.

import { MACHINE_EVENTS, readEvents } from "./events/event-kinds.ts";
import type { Expansion } from "./expansion.ts";
import { resourceProblem, withinResource } from "./problems.ts";
import { deepCopy, entriesOf, keysOf, plain, put, type Fields } from "./python-order.ts";
import { locationOf, passedOn, propagateTags, readResource, Resource, tagList } from "./resource.ts";
import { assumedBy, executionRole, withoutTemplates } from "./role.ts";
import { at, fieldsAt, filled, getAtt, isFields, isFunction, textOf } from "./values.ts";

const PASSED = {
  StateMachineName: "Name",
  StateMachineType: "Type",
  LoggingConfiguration: "Logging",
  TracingConfiguration: "Tracing",
} as const;

export function expandStateMachine(logicalId: string, given: Fields, expansion: Expansion): Resource[] {
  const own = fieldsAt(given, "Properties");
  if (own !== undefined && Object.hasOwn(own, "Policies"))
    put(own, "Policies", withoutTemplates(logicalId, own["Policies"]));
  const read = readResource(logicalId, given, "AWS::Serverless::StateMachine", {
    Definition: "map",
    DefinitionUri: "string|map",
    Logging: "map",
    Role: "string",
    RolePath: "any",
    DefinitionSubstitutions: "map",
    Events: "map<map>",
    Name: "string",
    Type: "string",
    Tags: "map",
    PropagateTags: "boolean",
    Policies: "string|list<string|map>",
    Tracing: "map",
    PermissionsBoundary: "string",
    AutoPublishAlias: "any",
    DeploymentPreference: "any",
    UseAliasAsEventTarget: "=boolean",
  });
  const { properties } = read;
  const events = withinResource(logicalId, () =>
    readEvents(logicalId, properties["Events"], MACHINE_EVENTS, expansion.resources),
  );
  const machine = new Resource(
    "AWS::StepFunctions::StateMachine",
    logicalId,
    {
      ...definitionOf(read),
      ...Object.fromEntries(Object.entries(PASSED).map(([name, from]) => [name, properties[from]])),
      Tags: machineTags(properties),
    },
    { dependsOn: read.dependsOn, attributes: read.attributes },
  );
  const resources = [machine, ...roleOf(read, machine, expansion)];
  const published = publish(read, machine);
  resources.push(...published);
  const alias = properties["UseAliasAsEventTarget"] === true ? published[1] : undefined;
  const target = {
    resource: alias ?? machine,
    role: undefined,
    boundary: properties["PermissionsBoundary"],
    expansion,
  };
  withinResource(logicalId, () => {
    for (const { event, kind, link } of events) resources.push(...kind.expand(event, target, link));
  });
  if (filled(properties["Tags"]) && properties["PropagateTags"] === true) propagateTags(resources, properties["Tags"]);
  return resources;
}

function machineTags(properties: Fields): Fields[] {
  return [{ Key: "stateMachine:createdBy", Value: "SAM" }, ...tagList(properties["Tags"])];
}

function definitionOf({ logicalId, properties }: Resource): Fields {
  const substitutions = filled(properties["DefinitionSubstitutions"])
    ? (properties["DefinitionSubstitutions"] as Fields)
    : {};
  if (filled(properties["Definition"]) && filled(properties["DefinitionUri"]))
    throw resourceProblem(logicalId, "Specify either 'Definition' or 'DefinitionUri' property and not both.");
  if (filled(properties["Definition"])) {
    const definition = deepCopy(properties["Definition"]) as Fields;
    const found: Fields = {};
    substitute(definition, found);
    const all = { ...substitutions, ...found };
    const lines = JSON.stringify(sorted(plain(definition)), undefined, 4)
      .split("\n")
      .map(ascii);
    return {
      DefinitionString: { "Fn::Join": ["\n", lines] },
      DefinitionSubstitutions: filled(all) ? all : undefined,
    };
  }
  if (!filled(properties["DefinitionUri"]))
    throw resourceProblem(logicalId, "Either 'Definition' or 'DefinitionUri' property must be specified.");
  const location = locationOf(logicalId, "DefinitionUri", properties["DefinitionUri"]);
  const members = entriesOf(location).filter(([name]) => ["Bucket", "Key", "Version"].includes(name));
  return {
    DefinitionS3Location: Object.fromEntries(members),
    DefinitionSubstitutions: filled(substitutions) ? substitutions : undefined,
  };
}

function ascii(text: string): string {
  return text.replace(/[\u007f-\uffff]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isFields(value)) return value;
  return Object.fromEntries(
    keysOf(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}

/** Functions within the definition become substitutions, numbered as they are met. */
function substitute(value: unknown, found: Fields): void {
  const items: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : isFields(value)
      ? entriesOf(value).sort(([left], [right]) => (left < right ? -1 : 1))
      : [];
  for (const [key, item] of items) {
    if (!isFunction(item) && !/^\{\{resolve:[a-z-]+:.+\}\}$/.test(textOf(item) ?? "")) {
      substitute(item, found);
      continue;
    }
    const name = `definition_substitution_${Object.keys(found).length + 1}`;
    found[name] = item;
    if (Array.isArray(value)) value[Number(key)] = `\${${name}}`;
    else put(value as Fields, String(key), `\${${name}}`);
  }
}

function roleOf(read: Resource, machine: Resource, expansion: Expansion): Resource[] {
  const { logicalId, properties } = read;
  if (filled(properties["Role"])) {
    if (filled(properties["Policies"]))
      throw resourceProblem(
        logicalId,
        "Specify either 'Role' or 'Policies' (but not both at the same time) or neither of them",
      );
    machine.properties["RoleArn"] = properties["Role"];
    return [];
  }
  const given = filled(properties["Policies"]) ? properties["Policies"] : [];
  const traced = at(properties["Tracing"], "Enabled") === true ? ["AWSXrayWriteOnlyAccess"] : [];
  const role = executionRole(
    {
      logicalId,
      attributes: passedOn(read.attributes),
      assumeRolePolicy: assumedBy("states.amazonaws.com"),
      policies: [...(Array.isArray(given) ? (given as unknown[]) : [given]), ...traced],
      managed: [],
      inline: [],
      path: properties["RolePath"],
      boundary: properties["PermissionsBoundary"],
      tags: machineTags(properties),
    },
    expansion.managedPolicyArn,
  );
  machine.properties["RoleArn"] = role.arn();
  return [role];
}

function publish({ logicalId, properties, attributes }: Resource, machine: Resource): Resource[] {
  const alias = properties["AutoPublishAlias"];
  const requires = (name: string): Error =>
    resourceProblem(logicalId, `'${name}' requires 'AutoPublishAlias' property to be specified.`);
  if (!filled(alias)) {
    if (filled(properties["UseAliasAsEventTarget"])) throw requires("UseAliasAsEventTarget");
    if (filled(properties["DeploymentPreference"])) throw requires("DeploymentPreference");
    return [];
  }
  const passed = passedOn(attributes);
  const version = new Resource(
    "AWS::StepFunctions::StateMachineVersion",
    `${logicalId}Version`,
    { StateMachineArn: machine.ref(), StateMachineRevisionId: getAtt(logicalId, "StateMachineRevisionId") },
    { attributes: { DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain", ...passed } },
  );
  const given = properties["DeploymentPreference"];
  const preference = filled(given) ? (given as Fields) : { Type: "ALL_AT_ONCE" };
  return [
    version,
    new Resource(
      "AWS::StepFunctions::StateMachineAlias",
      `${logicalId}Alias${textOf(alias) ?? ""}`,
      { Name: alias, DeploymentPreference: { ...preference, StateMachineVersionArn: version.ref() } },
      { attributes: passed },
    ),
  ];
}
