// The CDK's own custom resources as resource types: each native handler, run as the role of the function it stands for.

import { reachable } from "../../../../cloud/reachable-url.ts";
import type { Caller } from "../../../../cloud/operation.ts";
import type { Properties, ResourceContext, ResourceState, ResourceType } from "../../../../cloud/resource.ts";
import { resourceFailure } from "../../workers/failure-reason.ts";
import { autoDeleteObjects } from "./auto-delete-objects.ts";
import { awsCall } from "./aws-call.ts";
import { bucketDeployment } from "./bucket-deployment.ts";
import { bucketNotifications } from "./bucket-notifications.ts";
import { exportReader, exportWriter } from "./cross-region-exports.ts";
import { logRetention } from "./log-retention.ts";
import type { CallApi, CustomAnswer, NativeCustom } from "./native-custom.ts";
import { openIdConnectProvider, restrictDefaultSecurityGroup, trigger } from "./small-handlers.ts";

type Native = { readonly type: string; readonly handler: NativeCustom };

const natives: readonly Native[] = [
  { type: "Custom::S3AutoDeleteObjects", handler: autoDeleteObjects },
  { type: "Custom::S3BucketNotifications", handler: bucketNotifications },
  { type: "Custom::CDKBucketDeployment", handler: bucketDeployment },
  { type: "Custom::LogRetention", handler: logRetention },
  { type: "Custom::CrossRegionExportWriter", handler: exportWriter },
  { type: "Custom::CrossRegionExportReader", handler: exportReader },
  { type: "Custom::VpcRestrictDefaultSG", handler: restrictDefaultSecurityGroup },
  { type: "Custom::Trigger", handler: trigger },
  { type: "Custom::AWSCDKOpenIdConnectProvider", handler: openIdConnectProvider },
  { type: "Custom::AWS", handler: awsCall },
];

/** By type: other targets run them too. */
export const NATIVE: Readonly<Record<string, NativeCustom>> = Object.fromEntries(
  natives.map(({ type, handler }) => [type, handler]),
);

export const nativeTypes: readonly ResourceType[] = natives.map(({ type, handler }) => nativeType(type, handler));

type Part = {
  readonly type: "Create" | "Update" | "Delete";
  readonly properties: Properties;
  readonly previous?: Properties;
  readonly physicalId?: string;
};

function nativeType(type: string, handler: NativeCustom): ResourceType {
  const run = async (part: Part, context: ResourceContext): Promise<ResourceState> => {
    const request = {
      ...part,
      logicalId: context.logicalId,
      stackId: context.stackId,
      region: context.region,
      uniqueId: () => context.context.ids.uuid(),
      reachable: (text: string) => reachable(text, context.context.request.origin),
    };
    const answer: CustomAnswer = await handler(request, await callAsFunction(part.properties, context)).catch(
      (error: unknown) => {
        throw resourceFailure(
          `Received response status [FAILED] from custom resource. Message returned: ${error instanceof Error ? `${error.name === "Error" ? "" : `${error.name}: `}${error.message}` : String(error)} (RequestId: ${context.context.ids.uuid()})`,
        );
      },
    );
    return { id: answer.physicalId, attributes: answer.data };
  };
  return {
    type,
    properties: [],
    create: (properties, context) => run({ type: "Create", properties }, context),
    update: (state, properties, previous, context) =>
      run({ type: "Update", properties, previous, physicalId: state.id }, context),
    delete: async (state, properties, context) => {
      await run({ type: "Delete", properties, physicalId: state.id }, context);
    },
  };
}

/** Calls with the rights that the CDK gave the function: what it may not do fails here as there. */
async function callAsFunction(properties: Properties, context: ResourceContext): Promise<CallApi> {
  const caller = await functionCaller(properties, context);
  return (service, operation, input, options = {}) => {
    const as =
      options.roleArn === undefined
        ? caller
        : context.context.ports.access.roleCaller(options.roleArn, "lambda.amazonaws.com", context.logicalId);
    return context.context.ports.api.call(service, operation, input, {
      as,
      account: context.account,
      region: options.region ?? context.region,
    });
  };
}

async function functionCaller(properties: Properties, context: ResourceContext): Promise<Caller> {
  const functionName = String(properties["ServiceToken"]);
  const { Role } = await context.call("lambda", "GetFunctionConfiguration", { FunctionName: functionName });
  return context.context.ports.access.roleCaller(
    String(Role),
    "lambda.amazonaws.com",
    functionName.slice(functionName.lastIndexOf(":") + 1),
  );
}
