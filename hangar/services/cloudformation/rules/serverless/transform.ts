// The transform AWS::Serverless-2016-10-31: what SAM says in a few resources, as CloudFormation's own.

import { notEmulated } from "../../../../kernel/aws-error.ts";
import type { PlainObject } from "../template.ts";
import { noUsagePlan, type Expansion } from "./expansion.ts";
import { expandFunction, noteFunctionNames } from "./function.ts";
import { applyGlobals } from "./globals.ts";
import { expandHttpApi } from "./http-api.ts";
import { addDefinitions, addImplicitApis } from "./implicit-apis.ts";
import { expandLayerVersion } from "./layer-version.ts";
import { documentProblem, ServerlessProblem, templateProblem } from "./problems.ts";
import { adopt, deepCopy, drop, entriesOf, Literal, ordered, plain, put, type Fields } from "./python-order.ts";
import type { Resource } from "./resource.ts";
import { resolveDependencies, resolveMadeResources, resolveRenamed, type MadeResources } from "./resolve.ts";
import { expandRestApi } from "./rest-api.ts";
import { expandSimpleTable } from "./simple-table.ts";
import { expandStateMachine } from "./state-machine.ts";
import { at, fieldsAt, filled, isFields, textOf } from "./values.ts";

export const SERVERLESS = "AWS::Serverless-2016-10-31";
const PREFIX = "AWS::Serverless::";

type Expand = (logicalId: string, given: Fields, expansion: Expansion) => Resource[];

/** In the order in which they are made: events write into the APIs before those are. */
const EXPANDED: readonly (readonly [types: readonly string[], expand: (type: string) => Expand])[] = [
  [["Function"], () => expandFunction],
  [["StateMachine"], () => expandStateMachine],
  [["Api", "HttpApi"], (type) => (type === "Api" ? expandRestApi : expandHttpApi)],
  [["SimpleTable", "LayerVersion"], (type) => (type === "SimpleTable" ? expandSimpleTable : expandLayerVersion)],
];
const ABSENT = [
  "Application",
  "CapacityProvider",
  "Connector",
  "GraphQLApi",
  "MicrovmImage",
  "NetworkConnector",
  "WebFunction",
  "WebSocketApi",
];
/** What `logicalId.Alias` and its like name: property -> type of the resource. */
const REFERABLE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Function: {
    Alias: "AWS::Lambda::Alias",
    Version: "AWS::Lambda::Version",
    DestinationTopic: "AWS::SNS::Topic",
    DestinationQueue: "AWS::SQS::Queue",
  },
  Api: {
    Stage: "AWS::ApiGateway::Stage",
    Deployment: "AWS::ApiGateway::Deployment",
    DomainName: "AWS::ApiGateway::DomainName",
    UsagePlan: "AWS::ApiGateway::UsagePlan",
    UsagePlanKey: "AWS::ApiGateway::UsagePlanKey",
    ApiKey: "AWS::ApiGateway::ApiKey",
  },
  HttpApi: { Stage: "AWS::ApiGatewayV2::Stage", DomainName: "AWS::ApiGatewayV2::DomainName" },
};
/** Types that may take the logical id of what the template calls by another type. */
const REPLACING: Readonly<Record<string, string>> = {
  "AWS::Lambda::Function": "AWS::Serverless::Function",
  "AWS::Lambda::LayerVersion": "AWS::Serverless::LayerVersion",
  "AWS::ApiGateway::RestApi": "AWS::Serverless::Api",
  "AWS::ApiGatewayV2::Api": "AWS::Serverless::HttpApi",
  "AWS::S3::Bucket": "AWS::S3::Bucket",
  "AWS::SNS::Topic": "AWS::SNS::Topic",
  "AWS::DynamoDB::Table": "AWS::Serverless::SimpleTable",
  "AWS::Cognito::UserPool": "AWS::Cognito::UserPool",
  "AWS::ApiGateway::DomainName": "AWS::ApiGateway::DomainName",
  "AWS::ApiGateway::BasePathMapping": "AWS::ApiGateway::BasePathMapping",
  "AWS::StepFunctions::StateMachine": "AWS::Serverless::StateMachine",
};

export type Surroundings = {
  readonly region: string;
  /** Values of parameters, by name; those without one have their defaults. */
  readonly parameters: PlainObject;
  readonly managedPolicyArn: (name: string) => string | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
};

/** The template without serverless resources. Throws a ServerlessProblem in SAM's words. */
export function transformServerless(data: PlainObject, surroundings: Surroundings): PlainObject {
  checkResources(data);
  const template = withOrder(data);
  const resources = fieldsAt(template, "Resources") ?? {};
  refuseAbsent(resources);
  addDefinitions(resources);
  addImplicitApis(template);
  applyGlobals(template, serverlessOf(resources));
  asOpenApi(resources);
  return expanded(template, surroundings);
}

function checkResources(data: PlainObject): void {
  const resources = data["Resources"];
  if (!isFields(resources) || Object.keys(resources).length === 0)
    throw documentProblem([templateProblem("'Resources' section is required").message]);
  if (!Object.values(resources).every(isFields))
    throw documentProblem([
      templateProblem("All 'Resources' must be Objects. If you're using YAML, this may be an indentation issue.")
        .message,
    ]);
  for (const [logicalId, resource] of entriesOf(resources)) {
    if (!isServerless(resource)) continue;
    if (Object.hasOwn(resource, "Properties") && !isFields(resource["Properties"]))
      throw documentProblem([`Resource with id [${logicalId}] is invalid. Attribute 'Properties' should be a map.`]);
    const condition = at(resource, "Condition");
    if (condition !== undefined && typeof condition !== "string")
      throw documentProblem([templateProblem("Every Condition member must be a string.").message]);
  }
}

function isServerless(resource: unknown): resource is Fields {
  return isFields(resource) && (textOf(at(resource, "Type"))?.startsWith(PREFIX) ?? false);
}

function serverlessOf(resources: Fields): [string, Fields][] {
  return entriesOf(resources).filter((entry): entry is [string, Fields] => isServerless(entry[1]));
}

function refuseAbsent(resources: Fields): void {
  for (const [, resource] of entriesOf(resources)) {
    const type = textOf(at(resource, "Type")) ?? "";
    if (type.startsWith(PREFIX) && ABSENT.includes(type.slice(PREFIX.length))) throw notEmulated(type);
    if (isFields(resource) && Object.hasOwn(resource, "Connectors"))
      throw notEmulated("Connectors of a resource (AWS::Serverless::Connector)");
  }
}

/** A copy in which all that goes into the definitions of APIs keeps the order that their hashes depend on. */
function withOrder(data: PlainObject): Fields {
  const template = structuredClone(data) as Fields;
  if (!hasHashedApi(template)) return template;
  const resources = ordered();
  for (const [logicalId, resource] of Object.entries(template["Resources"] as Fields)) {
    put(resources, logicalId, resource);
    const type = textOf(at(resource, "Type"));
    const properties = fieldsAt(resource, "Properties");
    if (properties === undefined) continue;
    if (type === "AWS::Serverless::Api" || type === "AWS::Serverless::HttpApi")
      put(resource as Fields, "Properties", adopt(properties));
    if (type === "AWS::Serverless::Function" || type === "AWS::Serverless::StateMachine")
      for (const name of ["FunctionName", "Events"])
        if (Object.hasOwn(properties, name)) put(properties, name, adopt(properties[name]));
  }
  template["Resources"] = resources;
  const shared = fieldsAt(template, "Globals");
  if (shared !== undefined && Object.hasOwn(shared, "Api")) put(shared, "Api", adopt(shared["Api"]));
  return template;
}

/** Templates without such an API are in the order in which they are written. */
function hasHashedApi(template: Fields): boolean {
  const defaultAuthorizer = (properties: Fields | undefined): boolean =>
    filled(at(fieldsAt(properties, "Auth"), "DefaultAuthorizer"));
  const shared = defaultAuthorizer(fieldsAt(fieldsAt(template, "Globals"), "HttpApi"));
  return Object.values(template["Resources"] as Fields).some((resource) => {
    const type = textOf(at(resource, "Type"));
    const properties = fieldsAt(resource, "Properties");
    if (type === "AWS::Serverless::Api") return true;
    if (type === "AWS::Serverless::HttpApi") return shared || defaultAuthorizer(properties);
    if (type !== "AWS::Serverless::Function" && type !== "AWS::Serverless::StateMachine") return false;
    const events = Object.values(fieldsAt(properties, "Events") ?? {}).map((event) => textOf(at(event, "Type")));
    return events.includes("Api") || (shared && events.includes("HttpApi"));
  });
}

/** The version that an API asks for is also that of the definition SAM writes. */
function asOpenApi(resources: Fields): void {
  for (const [, api] of entriesOf(resources)) {
    const properties = fieldsAt(api, "Properties");
    if (textOf(at(api, "Type")) !== "AWS::Serverless::Api" || properties === undefined) continue;
    if (!Object.hasOwn(properties, "OpenApiVersion") || !Object.hasOwn(properties, "__MANAGE_SWAGGER")) continue;
    const given = properties["OpenApiVersion"];
    const version = textOf(given) ?? JSON.stringify(given);
    if (!/^3(\.\d)(\.\d)?$/.test(version)) continue;
    if (textOf(given) === undefined) put(properties, "OpenApiVersion", version);
    const definition = fieldsAt(properties, "DefinitionBody");
    if (definition === undefined) continue;
    put(definition, new Literal("openapi"), version);
    drop(definition, "swagger");
  }
}

function parametersOf(template: Fields, { parameters, region }: Surroundings): Fields {
  const values = adopt(parameters) as Fields;
  for (const [name, facts] of entriesOf(fieldsAt(template, "Parameters") ?? {}))
    if (!Object.hasOwn(values, name) && isFields(facts) && Object.hasOwn(facts, "Default"))
      put(values, name, adopt(facts["Default"]));
  put(values, "AWS::Region", region);
  put(values, "AWS::Partition", "aws");
  return values;
}

function expanded(template: Fields, surroundings: Surroundings): PlainObject {
  const resources = fieldsAt(template, "Resources") ?? {};
  const result = deepCopy(template);
  const written = fieldsAt(result, "Resources") ?? {};
  const expansion: Expansion = {
    resources,
    written,
    conditions: fieldsAt(result, "Conditions"),
    parameters: parametersOf(template, surroundings),
    mappings: fieldsAt(template, "Mappings") ?? {},
    managedPolicyArn: surroundings.managedPolicyArn,
    seconds: Math.floor(surroundings.now / 1000),
    functionNames: new Map(),
    recordSets: new Map(),
    usagePlan: noUsagePlan(),
  };
  const problems: string[] = [];
  const made = new Map<string, Map<string, string>>();
  const renamed = new Map<string, string>();
  for (const [logicalId, given, expand] of inOrder(resources)) {
    const section = (textOf(at(given, "Type")) ?? "").slice(PREFIX.length);
    try {
      if (section === "Function") noteFunctionNames(given, expansion);
      const all = expand(logicalId, given, expansion);
      made.set(logicalId, referencesTo(all, section));
      if (section === "LayerVersion" && all[0] !== undefined) renamed.set(logicalId, all[0].logicalId);
      drop(written, logicalId);
      problems.push(...placed(logicalId, all, { resources, written }));
    } catch (error) {
      if (!(error instanceof ServerlessProblem) || error.kind === "document") throw error;
      problems.push(error.message);
    }
  }
  if (problems.length > 0) throw documentProblem(problems);
  drop(result, "Transform");
  return plain(resolved(result, made, renamed)) as PlainObject;
}

function inOrder(resources: Fields): (readonly [string, Fields, Expand])[] {
  return EXPANDED.flatMap(([types, expand]) =>
    serverlessOf(resources).flatMap(([logicalId, given]) => {
      const type = (textOf(at(given, "Type")) ?? "").slice(PREFIX.length);
      return types.includes(type) ? [[logicalId, given, expand(type)] as const] : [];
    }),
  );
}

function referencesTo(all: readonly Resource[], section: string): Map<string, string> {
  const byType = new Map(all.map((resource) => [resource.type, resource.logicalId]));
  return new Map(
    Object.entries(REFERABLE[section] ?? {}).flatMap(([property, type]) => {
      const id = byType.get(type);
      return id === undefined ? [] : [[property, id]];
    }),
  );
}

/** Answers what could not be placed: the template has something of that name. */
function placed(
  logicalId: string,
  all: readonly Resource[],
  { resources, written }: { readonly resources: Fields; readonly written: Fields },
): string[] {
  return all.flatMap((resource) => {
    const known = textOf(at(at(resources, resource.logicalId), "Type"));
    if (known === undefined || REPLACING[resource.type] === known) {
      put(written, resource.logicalId, resource.written());
      return [];
    }
    return [
      `Transforming resource with id [${logicalId}] attempts to create a new resource with id [${resource.logicalId}] and type "${resource.type}". A resource with that id already exists within this template. Please use a different id for that resource.`,
    ];
  });
}

function resolved(result: Fields, made: MadeResources, renamed: ReadonlyMap<string, string>): Fields {
  const withNames = resolveRenamed(resolveDependencies(result, renamed), renamed);
  return resolveMadeResources(withNames, made);
}
