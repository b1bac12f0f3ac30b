// What each operation needs: action, resource, and the resource's own policy. https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html

import type { AccessRule } from "../../cloud/service.ts";
import type { AccessNeed } from "../../ports/access.ts";
import { functionArn, parseFunctionName, type Place } from "./rules/function-name.ts";
import { layerNeeds } from "./rules/layer-needs.ts";
import { layerArn, parseLayer } from "./rules/layers.ts";
import { policyDocument } from "./rules/policy.ts";
import type { LambdaContext, Tables } from "./store.ts";

type Rule = AccessRule<Tables>;
type FunctionInput = { readonly FunctionName: string; readonly Qualifier?: string };

function target(
  input: FunctionInput,
  context: LambdaContext,
): { readonly arn: string; readonly place: Place; readonly unqualified: string } {
  const reference = parseFunctionName(input.FunctionName);
  const place = { account: reference.account ?? context.account, region: context.region };
  const unqualified = functionArn(place, reference.name);
  return { arn: functionArn(place, reference.name, input.Qualifier ?? reference.qualifier), place, unqualified };
}

/** A qualified call is judged by the policy of the version or alias, an unqualified one by the function's. */
function need(action: string, input: FunctionInput, context: LambdaContext): AccessNeed {
  const { arn, place } = target(input, context);
  const policy = context.storeAt(place.account, place.region).policies.get(arn);
  return {
    action,
    resource: arn,
    owner: place.account,
    ...(policy === undefined ? {} : { policy: policyDocument(policy) }),
  };
}

const onFunction =
  (action: string): Rule =>
  (input: FunctionInput, context) => [need(`lambda:${action}`, input, context)];

/** Configuration calls name the function without its qualifier. */
const onUnqualified =
  (action: string): Rule =>
  (input: FunctionInput, context) => {
    const { unqualified, place } = target(input, context);
    return [{ action: `lambda:${action}`, resource: unqualified, owner: place.account }];
  };

const onAll =
  (action: string): Rule =>
  () => [{ action: `lambda:${action}`, resource: "*" }];

const onLayer =
  (action: string): Rule =>
  (input: { readonly LayerName: string }, context) => [
    {
      action: `lambda:${action}`,
      resource: layerArn(parseLayer(input.LayerName, context), parseLayer(input.LayerName, context).name),
    },
  ];

const onLayerVersion =
  (action: string): Rule =>
  (input: { readonly LayerName: string; readonly VersionNumber: number }, context) => {
    const reference = parseLayer(input.LayerName, context);
    const arn = `${layerArn(reference, reference.name)}:${input.VersionNumber}`;
    const policy = context.storeAt(reference.account, context.region).policies.get(arn);
    return [
      {
        action: `lambda:${action}`,
        resource: arn,
        owner: reference.account,
        ...(policy === undefined ? {} : { policy: policyDocument(policy) }),
      },
    ];
  };

const onSigning =
  (action: string): Rule =>
  (input: { readonly CodeSigningConfigArn: string }) => [
    { action: `lambda:${action}`, resource: input.CodeSigningConfigArn },
  ];

const onTagged =
  (action: string): Rule =>
  (input: { readonly Resource: string }) => [{ action: `lambda:${action}`, resource: input.Resource }];

const onMapping =
  (action: string): Rule =>
  (input: { readonly UUID: string }, context) => {
    const mapping = context.store.mappings.get(input.UUID);
    return [
      {
        action: `lambda:${action}`,
        resource: `arn:aws:lambda:${context.region}:${context.account}:event-source-mapping:${input.UUID}`,
        ...(mapping?.FunctionArn === undefined ? {} : { conditions: { "lambda:FunctionArn": mapping.FunctionArn } }),
      },
    ];
  };

/** Handing a role to Lambda needs iam:PassRole on it. */
function passRole(role: string | undefined): AccessNeed[] {
  return role === undefined
    ? []
    : [{ action: "iam:PassRole", resource: role, conditions: { "iam:PassedToService": "lambda.amazonaws.com" } }];
}

type Configured = FunctionInput & {
  readonly Role?: string;
  readonly Layers?: readonly string[];
  readonly CodeSigningConfigArn?: string;
  readonly VpcConfig?: { readonly SubnetIds?: readonly string[]; readonly SecurityGroupIds?: readonly string[] };
};

/** Condition keys of what a function is to have. A subnet's network is EC2's to know: there is no lambda:VpcIds. */
function configured(input: Configured): Pick<AccessNeed, "conditions"> {
  const keys = {
    "lambda:Layer": input.Layers ?? [],
    "lambda:CodeSigningConfigArn": input.CodeSigningConfigArn ?? "",
    "lambda:SubnetIds": input.VpcConfig?.SubnetIds ?? [],
    "lambda:SecurityGroupIds": input.VpcConfig?.SecurityGroupIds ?? [],
  };
  return { conditions: Object.fromEntries(Object.entries(keys).filter(([, value]) => value.length > 0)) };
}

const createFunction: Rule = (input: Configured, context) => [
  { ...need("lambda:CreateFunction", input, context), ...configured(input) },
  ...passRole(input.Role),
  ...layerNeeds(input.Layers, context),
];

const updateFunctionConfiguration: Rule = (input: Configured, context) => {
  const { unqualified, place } = target(input, context);
  const present = context
    .storeAt(place.account, place.region)
    .versions.get(`${parseFunctionName(input.FunctionName).name}:$LATEST`)?.role;
  return [
    {
      action: "lambda:UpdateFunctionConfiguration",
      resource: unqualified,
      owner: place.account,
      ...configured(input),
    },
    ...(input.Role === present ? [] : passRole(input.Role)),
    ...layerNeeds(input.Layers, context),
  ];
};

/** Calls about a URL know what it asks of its callers: as given, else as it is. */
const onUrl =
  (action: string): Rule =>
  (input: FunctionInput & { readonly AuthType?: string }, context) => {
    const reference = parseFunctionName(input.FunctionName);
    const { arn, place } = target(input, context);
    const qualifier = input.Qualifier ?? reference.qualifier;
    const key = qualifier === undefined ? reference.name : `${reference.name}:${qualifier}`;
    const authType = input.AuthType ?? context.storeAt(place.account, place.region).urls.get(key)?.authType;
    const conditions = {
      "lambda:FunctionArn": arn,
      ...(authType === undefined ? {} : { "lambda:FunctionUrlAuthType": authType }),
    };
    return [{ ...need(`lambda:${action}`, input, context), conditions }];
  };

const putCodeSigning: Rule = (input: FunctionInput & { readonly CodeSigningConfigArn: string }, context) => {
  const { unqualified, place } = target(input, context);
  return [
    {
      action: "lambda:PutFunctionCodeSigningConfig",
      resource: unqualified,
      owner: place.account,
      conditions: { "lambda:CodeSigningConfigArn": input.CodeSigningConfigArn },
    },
  ];
};

const addPermission: Rule = (
  input: FunctionInput & { readonly Principal: string; readonly FunctionUrlAuthType?: string },
  context,
) => {
  const { Principal, FunctionUrlAuthType: authType } = input;
  const conditions = {
    "lambda:Principal": Principal,
    ...(authType === undefined ? {} : { "lambda:FunctionUrlAuthType": authType }),
  };
  return [{ ...need("lambda:AddPermission", input, context), conditions }];
};

const onPolicy =
  (action: string): Rule =>
  (input: { readonly ResourceArn: string }, context) => [
    need(`lambda:${action}`, { FunctionName: input.ResourceArn }, context),
  ];

const createMapping: Rule = (input: FunctionInput, context) => [
  {
    action: "lambda:CreateEventSourceMapping",
    resource: "*",
    conditions: { "lambda:FunctionArn": target(input, context).arn },
  },
];

const getLayerByArn: Rule = (input: { readonly Arn: string }, context) => {
  const reference = parseLayer(input.Arn, context);
  return onLayerVersion("GetLayerVersion")(
    { LayerName: layerArn(reference, reference.name), VersionNumber: reference.version ?? 0 },
    context,
  );
};

function rules(make: (action: string) => Rule, names: readonly string[]): Record<string, Rule> {
  return Object.fromEntries(names.map((name) => [name, make(name)]));
}

export const access: Readonly<Record<string, Rule>> = {
  ...rules(onFunction, [
    "GetFunction",
    "GetFunctionConfiguration",
    "DeleteFunction",
    "GetPolicy",
    "RemovePermission",
    "PutFunctionEventInvokeConfig",
    "UpdateFunctionEventInvokeConfig",
    "GetFunctionEventInvokeConfig",
    "DeleteFunctionEventInvokeConfig",
    "PutProvisionedConcurrencyConfig",
    "GetProvisionedConcurrencyConfig",
    "DeleteProvisionedConcurrencyConfig",
    "GetRuntimeManagementConfig",
    "PutRuntimeManagementConfig",
  ]),
  ...rules(onUnqualified, [
    "UpdateFunctionCode",
    "PublishVersion",
    "ListVersionsByFunction",
    "CreateAlias",
    "GetAlias",
    "UpdateAlias",
    "DeleteAlias",
    "ListAliases",
    "PutFunctionConcurrency",
    "GetFunctionConcurrency",
    "DeleteFunctionConcurrency",
    "ListProvisionedConcurrencyConfigs",
    "ListFunctionEventInvokeConfigs",
    "GetFunctionRecursionConfig",
    "PutFunctionRecursionConfig",
    "GetFunctionCodeSigningConfig",
    "DeleteFunctionCodeSigningConfig",
  ]),
  ...rules(onUrl, [
    "CreateFunctionUrlConfig",
    "GetFunctionUrlConfig",
    "UpdateFunctionUrlConfig",
    "DeleteFunctionUrlConfig",
    "ListFunctionUrlConfigs",
  ]),
  ...rules(onPolicy, ["GetResourcePolicy", "PutResourcePolicy", "DeleteResourcePolicy"]),
  ...rules(onAll, [
    "ListFunctions",
    "ListLayers",
    "GetAccountSettings",
    "ListEventSourceMappings",
    "CreateCodeSigningConfig",
    "ListCodeSigningConfigs",
  ]),
  ...rules(onSigning, [
    "GetCodeSigningConfig",
    "UpdateCodeSigningConfig",
    "DeleteCodeSigningConfig",
    "ListFunctionsByCodeSigningConfig",
  ]),
  ...rules(onLayer, ["PublishLayerVersion", "ListLayerVersions"]),
  ...rules(onLayerVersion, [
    "GetLayerVersion",
    "DeleteLayerVersion",
    "AddLayerVersionPermission",
    "RemoveLayerVersionPermission",
    "GetLayerVersionPolicy",
  ]),
  ...rules(onTagged, ["TagResource", "UntagResource", "ListTags"]),
  ...rules(onMapping, ["GetEventSourceMapping", "UpdateEventSourceMapping", "DeleteEventSourceMapping"]),
  CreateFunction: createFunction,
  PutFunctionCodeSigningConfig: putCodeSigning,
  UpdateFunctionConfiguration: updateFunctionConfiguration,
  AddPermission: addPermission,
  CreateEventSourceMapping: createMapping,
  GetLayerVersionByArn: getLayerByArn,
  Invoke: onFunction("InvokeFunction"),
  InvokeAsync: onFunction("InvokeFunction"),
  InvokeWithResponseStream: onFunction("InvokeFunction"),
};
