// Whether data is a template that AWS would take: sections, members, and references that lead somewhere.

import { textOf } from "./text.ts";
import { invalid, templateError, templateFormat } from "../errors.ts";
import { isParameterType } from "./parameters.ts";
import { GET_ATT, references } from "./references.ts";
import { isObject, type PlainObject, type Template } from "./template.ts";

const SECTIONS = [
  "AWSTemplateFormatVersion",
  "Description",
  "Metadata",
  "Transform",
  "Parameters",
  "Mappings",
  "Conditions",
  "Rules",
  "Resources",
  "Outputs",
  "Hooks",
];
const RESOURCE_MEMBERS = [
  "Type",
  "Properties",
  "Metadata",
  "DependsOn",
  "Condition",
  "DeletionPolicy",
  "UpdateReplacePolicy",
  "CreationPolicy",
  "UpdatePolicy",
  "Version",
  "Description",
];
const POLICIES = ["Delete", "Retain", "Snapshot", "RetainExceptOnCreate"];
/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html */
const WITH_SNAPSHOTS = new Set([
  "AWS::DocDB::DBCluster",
  "AWS::EC2::Volume",
  "AWS::ElastiCache::CacheCluster",
  "AWS::ElastiCache::ReplicationGroup",
  "AWS::Neptune::DBCluster",
  "AWS::RDS::DBCluster",
  "AWS::RDS::DBInstance",
  "AWS::Redshift::Cluster",
]);
const LIMITS: Readonly<Record<string, number>> = { Parameters: 200, Mappings: 200, Resources: 500, Outputs: 200 };

/** Answers the same data as a template, or throws in AWS's words. */
export function validateTemplate(data: unknown): Template {
  if (!isObject(data)) throw templateFormat("unsupported structure.");
  const strange = Object.keys(data).filter((key) => !SECTIONS.includes(key));
  if (strange.length > 0) throw invalid(`Invalid template property or properties [${strange.join(", ")}]`);
  if (data["Description"] !== undefined && typeof data["Description"] !== "string")
    throw templateFormat("Description must be a string.");
  refuseNulls(data, "");
  for (const [section, most] of Object.entries(LIMITS)) checkSection(data, section, most);
  checkParameters(data);
  checkMappings(data);
  checkResources(data);
  checkOutputs(data);
  const template = data as unknown as Template;
  checkConditions(template);
  checkReferences(template);
  return template;
}

function checkSection(data: PlainObject, section: string, most: number): void {
  const value = data[section];
  if (section === "Resources" && (value === undefined || (isObject(value) && Object.keys(value).length === 0)))
    throw templateFormat("At least one Resources member must be defined.");
  if (value === undefined) return;
  if (!isObject(value)) throw templateFormat(`[/${section}] expected an object.`);
  const size = Object.keys(value).length;
  if (size > most)
    throw templateFormat(`Number of ${section.toLowerCase()}, ${size}, is greater than maximum allowed, ${most}`);
}

/** AWS forbids null anywhere in a template. */
function refuseNulls(value: unknown, path: string): void {
  if (value === null) throw invalid(`[${path}] 'null' values are not allowed in templates`);
  if (Array.isArray(value)) for (const [index, item] of value.entries()) refuseNulls(item, `${path}/${index}`);
  else if (isObject(value)) for (const key of Object.keys(value)) refuseNulls(value[key], `${path}/${key}`);
}

function section(data: PlainObject, name: string): readonly [string, unknown][] {
  return isObject(data[name]) ? Object.entries(data[name]) : [];
}

function checkName(kind: string, name: string): void {
  if (!/^[a-zA-Z0-9]+$/.test(name)) throw templateFormat(`${kind} name ${name} is non alphanumeric.`);
}

function checkParameters(data: PlainObject): void {
  for (const [name, facts] of section(data, "Parameters")) {
    checkName("Parameter", name);
    if (!isObject(facts)) throw templateFormat("Any Parameters member must be an object.");
    if (facts["Type"] === undefined) throw templateFormat("Every Parameters object must contain a Type member.");
    if (!isParameterType(facts["Type"])) throw templateFormat(`Unrecognized parameter type: ${textOf(facts["Type"])}`);
  }
}

function checkMappings(data: PlainObject): void {
  for (const [, map] of section(data, "Mappings")) {
    if (!isObject(map)) throw templateFormat("Every Mappings attribute must be a String or a List.");
    for (const [key, row] of Object.entries(map)) {
      if (key === "Fn::Transform") continue;
      if (!isObject(row)) throw templateFormat(`Every Mappings member ${key} must be a map`);
      for (const value of Object.values(row))
        if (isObject(value)) throw templateFormat("Every Mappings attribute must be a String or a List.");
    }
  }
}

function checkResources(data: PlainObject): void {
  for (const [name, resource] of section(data, "Resources")) {
    checkName("Resource", name);
    if (!isObject(resource)) throw templateFormat("Any Resources member must be an object.");
    if (typeof resource["Type"] !== "string")
      throw templateFormat(`[/Resources/${name}] Every Resources object must contain a Type member.`);
    for (const member of Object.keys(resource))
      if (!RESOURCE_MEMBERS.includes(member)) throw invalid(`Invalid template resource property '${member}'`);
    if (resource["Properties"] !== undefined && !isObject(resource["Properties"]))
      throw templateFormat(`[/Resources/${name}/Properties] Every Properties member must be an object.`);
    for (const policy of ["DeletionPolicy", "UpdateReplacePolicy"]) {
      const value = resource[policy];
      if (typeof value === "string" && !POLICIES.includes(value))
        throw templateFormat(`Unrecognized ${policy} ${value} for resource ${name}`);
      if (value === "Snapshot" && !WITH_SNAPSHOTS.has(resource["Type"]))
        throw templateError(`resource type ${resource["Type"]} does not support deletion policy Snapshot`);
    }
    const needs = resource["DependsOn"];
    if (
      needs !== undefined &&
      typeof needs !== "string" &&
      !(Array.isArray(needs) && needs.every((item) => typeof item === "string"))
    )
      throw templateFormat("Every DependsOn value must be a String.");
  }
}

function checkOutputs(data: PlainObject): void {
  for (const [name, output] of section(data, "Outputs")) {
    checkName("Output", name);
    if (!isObject(output) || output["Value"] === undefined)
      throw templateFormat("Every Outputs member must contain a Value object");
    if (isObject(output["Export"]) && output["Export"]["Name"] === undefined)
      throw templateFormat("Every Export object must contain a Name member.");
  }
}

function checkConditions(template: Template): void {
  const declared = template.Conditions ?? {};
  const inputs = new Set([...Object.keys(template.Parameters ?? {}), ...PSEUDO]);
  for (const reference of references(Object.values(declared), true)) {
    if (reference.kind === "condition") {
      if (!Object.hasOwn(declared, reference.name))
        throw templateFormat(
          `Unresolved condition dependency ${reference.name} in the Conditions block of the template`,
        );
    } else if (!inputs.has(reference.name)) {
      throw templateError(
        `Unresolved dependencies [${reference.name}]. Cannot reference resources in the Conditions block of the template`,
      );
    }
  }
  for (const [name, resource] of Object.entries(template.Resources)) {
    if (resource.Condition !== undefined && !Object.hasOwn(declared, resource.Condition))
      throw templateFormat(
        `Unresolved condition dependency ${resource.Condition} in the Condition member of resource ${name}`,
      );
  }
}

const PSEUDO = [
  "AWS::AccountId",
  "AWS::NotificationARNs",
  "AWS::NoValue",
  "AWS::Partition",
  "AWS::Region",
  "AWS::StackId",
  "AWS::StackName",
  "AWS::URLSuffix",
];

function checkReferences(template: Template): void {
  const resources = template.Resources;
  const known = new Set([...Object.keys(resources), ...Object.keys(template.Parameters ?? {}), ...PSEUDO]);
  const missing = new Set<string>();
  for (const resource of Object.values(resources)) {
    for (const name of typeof resource.DependsOn === "string" ? [resource.DependsOn] : (resource.DependsOn ?? []))
      if (!Object.hasOwn(resources, name)) missing.add(name);
    checkValue(
      [resource.Properties, resource.Metadata, resource.UpdatePolicy, resource.CreationPolicy],
      template,
      known,
      missing,
    );
  }
  if (missing.size > 0)
    throw templateFormat(
      `Unresolved resource dependencies [${[...missing].join(", ")}] in the Resources block of the template`,
    );
  for (const output of Object.values(template.Outputs ?? {})) {
    if (output.Condition !== undefined && !Object.hasOwn(template.Conditions ?? {}, output.Condition))
      throw templateFormat(`Unresolved condition dependency ${output.Condition} in the Outputs block of the template`);
    checkValue([output.Value, output.Export?.Name], template, known, missing);
  }
  if (missing.size > 0)
    throw invalid(`Unresolved resource dependencies [${[...missing].join(", ")}] in the Outputs block of the template`);
}

function checkValue(value: unknown, template: Template, known: ReadonlySet<string>, missing: Set<string>): void {
  for (const reference of references(value)) {
    if (reference.kind === "ref") {
      if (!known.has(reference.name)) missing.add(reference.name);
    } else if (reference.kind === "condition") {
      if (!Object.hasOwn(template.Conditions ?? {}, reference.name))
        throw templateError(`unresolved condition dependency ${reference.name} in Fn::If`);
    } else if (reference.name === "" || reference.attribute === "") {
      throw templateError(GET_ATT);
    } else if (!Object.hasOwn(template.Resources, reference.name)) {
      throw templateError(`instance of Fn::GetAtt references undefined resource ${reference.name}`);
    }
  }
}
