// AWS::Serverless::Function: the function, its role, version, alias, address, and everything its events need.

import { notEmulated } from "../../../../kernel/aws-error.ts";
import { FUNCTION_EVENTS, readEvents, type ReadEvent } from "./events/event-kinds.ts";
import type { Expansion } from "./expansion.ts";
import { checkPackage, codeOf } from "./function-code.ts";
import { functionDestinations } from "./function-destinations.ts";
import { functionUrl } from "./function-url.ts";
import { aliasName, aliasOf, describeCode, versionOf } from "./function-version.ts";
import { resourceProblem, templateProblem, withinResource } from "./problems.ts";
import { deepCopy, entriesOf, printed, put, type Fields } from "./python-order.ts";
import { passedOn, propagateTags, readResource, Resource, tagList } from "./resource.ts";
import { resolveMappings, resolveParameters } from "./resolve.ts";
import { assumedBy, awsPolicy, executionRole, withoutTemplates } from "./role.ts";
import { expectText, type Shape } from "./shape.ts";
import { at, conditional, fieldsAt, filled, isFields, isIf, isNoValue, listed, textOf } from "./values.ts";

/** The properties that go to the function as they are. */
const PASSED =
  "Handler Runtime Description MemorySize Timeout VpcConfig Role Environment KmsKeyArn ReservedConcurrentExecutions Layers FileSystemConfigs ImageConfig PackageType Architectures SnapStart EphemeralStorage CodeSigningConfigArn RuntimeManagementConfig LoggingConfig TenancyConfig RecursiveLoop DurableConfig PublishToLatestPublished".split(
    " ",
  );

const SHAPE: Shape = {
  ...Object.fromEntries(PASSED.map((name) => [name, "any"])),
  FunctionName: "string|map",
  CodeUri: "any",
  ImageUri: "any",
  InlineCode: "any",
  DeadLetterQueue: "map",
  Role: "string",
  AssumeRolePolicyDocument: "map",
  Policies: "string|map|list<string|map>",
  RolePath: "any",
  PermissionsBoundary: "string",
  Environment: "map<map>",
  Events: "map<map>",
  Tags: "map",
  PropagateTags: "boolean",
  Tracing: "map|string",
  DeploymentPreference: "map",
  Layers: "list<string|map>",
  EventInvokeConfig: "map",
  AutoPublishAlias: "string",
  AutoPublishCodeSha256: "string",
  AutoPublishAliasAllProperties: "=boolean",
  VersionDescription: "any",
  ProvisionedConcurrencyConfig: "any",
  SnapStart: "map",
  FunctionUrlConfig: "map",
  SourceKMSKeyArn: "any",
  CapacityProviderConfig: "map",
  FunctionScalingConfig: "map",
  VersionDeletionPolicy: "one of Delete,Retain",
  DurableConfig: "map",
};

const DEAD_LETTERS: Readonly<Record<string, string>> = { SQS: "sqs:SendMessage", SNS: "sns:Publish" };
const RESERVED_TAGS = ["lambda:createdBy", "serverlessrepo:applicationId", "serverlessrepo:semanticVersion"];

export function expandFunction(logicalId: string, given: Fields, expansion: Expansion): Resource[] {
  const properties = fieldsAt(given, "Properties");
  if (properties !== undefined && Object.hasOwn(properties, "Policies"))
    put(properties, "Policies", withoutTemplates(logicalId, properties["Policies"]));
  const read = readResource(logicalId, given, "AWS::Serverless::Function", SHAPE);
  const events = withinResource(logicalId, () =>
    readEvents(logicalId, read.properties["Events"], FUNCTION_EVENTS, expansion.resources),
  );
  checkFunction(read);
  const resources = functionAndItsOwn(read, events, expansion);
  if (filled(read.properties["Tags"]) && read.properties["PropagateTags"] === true)
    propagateTags(resources, read.properties["Tags"]);
  return resources;
}

function checkFunction({ logicalId, properties }: Resource): void {
  const both = (one: string, other: string): boolean =>
    [one, other].every((name) => (properties[name] ?? undefined) !== undefined);
  const problems = [
    ...["ProvisionedConcurrencyConfig", "VpcConfig"]
      .filter((name) => both("CapacityProviderConfig", name))
      .map((name) => `Cannot specify 'CapacityProviderConfig' and '${name}' together.`),
    ...(
      [
        ["FunctionScalingConfig", "CapacityProviderConfig"],
        ["VersionDeletionPolicy", "AutoPublishAlias"],
      ] as const
    )
      .filter(
        ([one, other]) =>
          (properties[one] ?? undefined) !== undefined && (properties[other] ?? undefined) === undefined,
      )
      .map(([one, other]) => `'${one}' requires '${other}'.`),
  ];
  if (problems.length > 0) throw resourceProblem(logicalId, problems.join("\n"));
  if ((properties["CapacityProviderConfig"] ?? undefined) !== undefined)
    throw notEmulated("CapacityProviderConfig of AWS::Serverless::Function");
  if (filled(properties["DeadLetterQueue"])) checkDeadLetters(logicalId, properties["DeadLetterQueue"] as Fields);
}

function checkDeadLetters(logicalId: string, queue: Fields): void {
  if (!filled(at(queue, "Type")) || !filled(at(queue, "TargetArn")))
    throw resourceProblem(logicalId, "'DeadLetterQueue' requires Type and TargetArn properties to be specified.");
  const type = expectText(queue["Type"], { resource: logicalId }, "DeadLetterQueue.Type");
  if (!Object.hasOwn(DEAD_LETTERS, type))
    throw resourceProblem(logicalId, `'DeadLetterQueue' requires Type of ${listed(Object.keys(DEAD_LETTERS))}`);
}

function functionAndItsOwn(read: Resource, events: readonly ReadEvent[], expansion: Expansion): Resource[] {
  const { logicalId, properties } = read;
  const function_ = functionOf(read, expansion);
  const resources = [function_];
  if (filled(properties["ProvisionedConcurrencyConfig"]) && !filled(properties["AutoPublishAlias"]))
    throw resourceProblem(
      logicalId,
      "To set ProvisionedConcurrencyConfig AutoPublishALias must be defined on the function",
    );
  const alias = publish(read, function_, { resources, expansion });
  if (filled(properties["FunctionUrlConfig"])) resources.push(...functionUrl(read, function_, alias));
  checkDeployment(read, expansion);
  const destinations = functionDestinations(read, { function: function_, alias }, expansion);
  resources.push(...destinations.resources);
  const role = roleOf(read, destinations.policies, expansion);
  const own = function_.properties["Role"];
  if (own === undefined || own === null) {
    function_.properties["Role"] = role.arn();
    resources.push(role);
  } else if (isIf(own)) resources.push(...chooseRole(read, function_, { role, expansion }));
  withinResource(logicalId, () => {
    const target = { resource: alias ?? function_, role, expansion };
    for (const { event, kind, link } of sorted(events)) resources.push(...kind.expand(event, target, link));
  });
  return resources;
}

/** By path, or by name where an event has no path. */
function sorted(events: readonly ReadEvent[]): ReadEvent[] {
  const keyOf = ({ event }: ReadEvent): string => textOf(at(event.properties, "Path")) ?? event.name;
  return events.toSorted((left, right) => {
    const [one, other] = [keyOf(left), keyOf(right)];
    return one < other ? -1 : one > other ? 1 : 0;
  });
}

function functionTags({ logicalId, properties }: Resource): Fields[] {
  const tags = properties["Tags"];
  const reserved = RESERVED_TAGS.find((tag) => isFields(tags) && Object.hasOwn(tags, tag));
  if (reserved !== undefined)
    throw resourceProblem(
      logicalId,
      `${reserved} is a reserved Tag key name and cannot be set on your resource. Please change the tag key in the input.`,
    );
  return [{ Key: "lambda:createdBy", Value: "SAM" }, ...tagList(tags)];
}

function isTraced({ properties }: Resource, { parameters }: Expansion): boolean {
  return filled(properties["Tracing"]) && resolveParameters(properties["Tracing"], parameters) !== "Disabled";
}

function functionOf(read: Resource, expansion: Expansion): Resource {
  const { logicalId, properties } = read;
  const settings: Fields = {
    ...Object.fromEntries(PASSED.map((name) => [name, properties[name]])),
    FunctionName: filled(properties["FunctionName"]) ? properties["FunctionName"] : undefined,
    Code: codeOf(logicalId, properties),
    Tags: functionTags(read),
    TracingConfig: isTraced(read, expansion) ? { Mode: properties["Tracing"] } : undefined,
    DeadLetterConfig: filled(properties["DeadLetterQueue"])
      ? { TargetArn: at(properties["DeadLetterQueue"], "TargetArn") }
      : undefined,
  };
  const made = new Resource("AWS::Lambda::Function", logicalId, settings, {
    dependsOn: read.dependsOn,
    attributes: read.attributes,
  });
  checkPackage(made);
  return made;
}

type Publishing = { readonly resources: Resource[]; readonly expansion: Expansion };

function publish(read: Resource, function_: Resource, { resources, expansion }: Publishing): Resource | undefined {
  if (!filled(read.properties["AutoPublishAlias"])) return undefined;
  const name = aliasName(read, expansion.parameters);
  const hash = describeCode(read, function_, expansion.parameters);
  const version = versionOf(read, function_, { hash, expansion });
  const alias = aliasOf(read, name, { function: function_, version });
  resources.push(version, alias);
  return alias;
}

/** Gradual deployments are CodeDeploy's work. */
function checkDeployment({ properties }: Resource, { parameters, mappings }: Expansion): void {
  const preference = fieldsAt(properties, "DeploymentPreference");
  if (preference === undefined || !filled(preference)) return;
  const enabled = resolveMappings(resolveParameters(at(preference, "Enabled") ?? true, parameters), mappings);
  if (enabled === false || enabled === "false" || enabled === "False") return;
  throw notEmulated("DeploymentPreference of AWS::Serverless::Function (AWS CodeDeploy)");
}

function roleOf(read: Resource, destinations: readonly Fields[], expansion: Expansion): Resource {
  const { logicalId, properties } = read;
  const queue = fieldsAt(properties, "DeadLetterQueue");
  const deadLetters = {
    PolicyName: "DeadLetterQueuePolicy",
    PolicyDocument: {
      Version: "2012-10-17",
      Statement: [
        {
          Action: DEAD_LETTERS[textOf(at(queue, "Type")) ?? ""],
          Resource: at(queue, "TargetArn"),
          Effect: "Allow",
        },
      ],
    },
  };
  const basic = filled(properties["DurableConfig"])
    ? "service-role/AWSLambdaBasicDurableExecutionRolePolicy"
    : "service-role/AWSLambdaBasicExecutionRole";
  return executionRole(
    {
      logicalId,
      attributes: passedOn(read.attributes),
      assumeRolePolicy: properties["AssumeRolePolicyDocument"] ?? assumedBy("lambda.amazonaws.com"),
      policies: properties["Policies"],
      managed: [
        awsPolicy(basic),
        ...(isTraced(read, expansion) ? [awsPolicy("AWSXrayWriteOnlyAccess")] : []),
        ...(filled(properties["VpcConfig"]) ? [awsPolicy("service-role/AWSLambdaVPCAccessExecutionRole")] : []),
      ],
      inline: [...(filled(queue) ? [deadLetters] : []), ...destinations],
      path: properties["RolePath"],
      boundary: properties["PermissionsBoundary"],
      tags: functionTags(read),
    },
    expansion.managedPolicyArn,
  );
}

/** A role on one side of an Fn::If only: the other side gets one from SAM. */
function chooseRole(
  { logicalId }: Resource,
  function_: Resource,
  { role, expansion }: { readonly role: Resource; readonly expansion: Expansion },
): Resource[] {
  const chosen = resolveParameters(function_.properties["Role"], expansion.parameters);
  const branches = at(chosen, "Fn::If");
  if (!Array.isArray(branches) || branches.length !== 3)
    throw resourceProblem(logicalId, "Malformed 'Role' property: Fn::If requires 3 arguments.");
  const [given, whenTrue, whenFalse] = branches as unknown[];
  const condition = textOf(given) ?? "";
  if (isNoValue(whenTrue) && isNoValue(whenFalse)) function_.properties["Role"] = role.arn();
  else if (isNoValue(whenTrue)) {
    function_.properties["Role"] = conditional(condition, role.arn(), whenFalse);
    role.attributes["Condition"] = condition;
  } else if (isNoValue(whenFalse)) {
    function_.properties["Role"] = conditional(condition, whenTrue, role.arn());
    role.attributes["Condition"] = `NOT${condition}`;
    if (expansion.conditions === undefined)
      throw templateProblem("Can't have condition without having 'Conditions' section in the template");
    put(expansion.conditions, `NOT${condition}`, { "Fn::Not": [{ Condition: condition }] });
  } else return [];
  return [role];
}

/** Names of the functions behind REST APIs, for the names of their deployments. */
export function noteFunctionNames(given: Fields, expansion: Expansion): void {
  const properties = fieldsAt(given, "Properties");
  for (const [, event] of entriesOf(fieldsAt(properties, "Events") ?? {})) {
    if (textOf(at(event, "Type")) !== "Api") continue;
    const reference = at(at(event, "Properties"), "RestApiId");
    const api = textOf(at(reference, "Ref") ?? reference);
    const name = resolveParameters(deepCopy(at(properties, "FunctionName")), expansion.parameters);
    if (api === undefined || !filled(name)) continue;
    expansion.functionNames.set(api, `${expansion.functionNames.get(api) ?? ""}${textOf(name) ?? printed(name)}`);
  }
}
