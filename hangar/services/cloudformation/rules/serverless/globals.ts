// The section Globals: properties that every resource of a type starts from.

import { documentProblem, resourceProblem } from "./problems.ts";
import { copyOf, deepCopy, drop, entriesOf, keysOf, put, type Fields } from "./python-order.ts";
import { at, fieldsAt, isFields, isFunction, listed, textOf } from "./values.ts";

const SUPPORTED: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries({
    Function:
      "Handler Runtime CodeUri DeadLetterQueue Description MemorySize Timeout VpcConfig Environment Tags PropagateTags Tracing KmsKeyArn AutoPublishAlias AutoPublishAliasAllProperties Layers DeploymentPreference RolePath PermissionsBoundary ReservedConcurrentExecutions ProvisionedConcurrencyConfig AssumeRolePolicyDocument EventInvokeConfig FileSystemConfigs CodeSigningConfigArn Architectures SnapStart EphemeralStorage FunctionUrlConfig RuntimeManagementConfig LoggingConfig RecursiveLoop SourceKMSKeyArn TenancyConfig DurableConfig CapacityProviderConfig FunctionScalingConfig PublishToLatestPublished VersionDeletionPolicy",
    Api: "Auth Name DefinitionUri CacheClusterEnabled CacheClusterSize MergeDefinitions Variables EndpointConfiguration MethodSettings BinaryMediaTypes MinimumCompressionSize Cors GatewayResponses AccessLogSetting CanarySetting TracingEnabled OpenApiVersion Domain AlwaysDeploy PropagateTags SecurityPolicy EndpointAccessMode",
    HttpApi:
      "Auth AccessLogSettings StageVariables Tags CorsConfiguration DefaultRouteSettings Domain RouteSettings FailOnWarnings PropagateTags",
    SimpleTable: "SSESpecification",
    StateMachine: "PropagateTags",
    LayerVersion: "PublishLambdaVersion",
    CapacityProvider:
      "VpcConfig OperatorRole Tags InstanceRequirements ScalingConfig KmsKeyArn PropagateTags LoggingConfig ManagedResourceTags",
    MicrovmImage:
      "BuildRoleArn BaseImageArn BaseImageVersion Logging EgressNetworkConnectors CpuConfigurations Resources AdditionalOsCapabilities Hooks EnvironmentVariables Tags PropagateTags",
    NetworkConnector: "OperatorRole Tags PropagateTags",
    WebSocketApi:
      "AccessLogSettings ApiKeySelectionExpression DefaultRouteSettings DisableExecuteApiEndpoint DisableSchemaValidation Domain FailOnWarnings IpAddressType PropagateTags RouteSelectionExpression RouteSettings StageVariables Tags",
  }).map(([section, names]) => [section, names.split(" ")]),
);
/** Lists that a resource's own replaces; others are appended to. */
const REPLACED = new Set(["Function.Architectures"]);
const PREFIX = "AWS::Serverless::";

function invalid(message: string): Error {
  return documentProblem([`'Globals' section is invalid. ${message}`]);
}

function checkGlobals(globals: unknown): Fields {
  if (!isFields(globals)) throw invalid("It must be a non-empty dictionary");
  for (const [section, properties] of entriesOf(globals)) {
    const supported = SUPPORTED[section];
    if (supported === undefined)
      throw invalid(
        `'${section}' is not supported. Must be one of the following values - ${listed(Object.keys(SUPPORTED).sort())}`,
      );
    if (!isFields(properties)) throw invalid("Value of ${section} must be a dictionary");
    for (const key of keysOf(properties))
      if (!supported.includes(key))
        throw invalid(
          `'${key}' is not a supported property of '${section}'. Must be one of the following values - ${listed(supported)}`,
        );
  }
  return globals;
}

/** Gives every resource of the template what its type's globals say, and takes the section away. */
export function applyGlobals(template: Fields, serverless: readonly [string, Fields][]): void {
  const given = at(template, "Globals");
  if (Object.hasOwn(template, "Globals")) {
    const globals = checkGlobals(given);
    for (const [logicalId, resource] of serverless) {
      const section = (textOf(at(resource, "Type")) ?? "").slice(PREFIX.length);
      const shared = fieldsAt(globals, section);
      if (shared === undefined) continue;
      const kept = withoutIgnored(logicalId, shared, at(resource, "IgnoreGlobals"));
      put(resource, "Properties", merged(kept, at(resource, "Properties") ?? {}, section));
    }
  }
  drop(template, "Globals");
}

function withoutIgnored(logicalId: string, shared: Fields, ignored: unknown): Fields {
  if (ignored === undefined || ignored === null || ignored === "") return shared;
  if (ignored === "*") return {};
  const problem = `Resource ${logicalId} has invalid resource attribute 'IgnoreGlobals'`;
  if (!Array.isArray(ignored)) throw documentProblem([resourceProblem(logicalId, `${problem}.`).message]);
  const kept = deepCopy(shared);
  for (const key of ignored.map(String)) {
    if (!Object.hasOwn(kept, key))
      throw documentProblem([resourceProblem(logicalId, `${problem} on item '${key}'.`).message]);
    drop(kept, key);
  }
  return kept;
}

/** Maps are merged, lists joined; of anything else the resource's own stands. */
function merged(shared: unknown, own: unknown, path: string): unknown {
  if (Array.isArray(shared) && Array.isArray(own)) return REPLACED.has(path) ? own : [...shared, ...own];
  if (!isFields(shared) || !isFields(own) || isFunction(shared) || isFunction(own)) return own;
  const all = copyOf(shared);
  for (const [key, value] of entriesOf(own))
    put(all, key, Object.hasOwn(all, key) ? merged(all[key], value, `${path}.${key}`) : value);
  return all;
}
