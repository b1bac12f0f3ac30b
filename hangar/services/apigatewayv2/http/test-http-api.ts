// What the suites of the front door share: a cloud, functions, HTTP APIs made of routes, and plain HTTP calls to them.

import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
  CreateStageCommand,
  type CreateApiCommandInput,
  type CreateIntegrationCommandInput,
  type CreateRouteCommandInput,
  type CreateStageCommandInput,
} from "@aws-sdk/client-apigatewayv2";
import { IAMClient } from "@aws-sdk/client-iam";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { callApiAt, type Call, type Reply } from "../../../gateway/test-api-calls.ts";
import { startCloud, type RunningCloud } from "../../../index.ts";

export type ApiCloud = {
  readonly cloud: RunningCloud;
  readonly gateway: ApiGatewayV2Client;
  readonly lambda: LambdaClient;
  readonly iam: IAMClient;
};

export async function startApiCloud(seed: string): Promise<ApiCloud> {
  const cloud = await startCloud({ seed });
  const config = { ...cloud.clientConfig(), maxAttempts: 1 };
  return {
    cloud,
    gateway: new ApiGatewayV2Client(config),
    lambda: new LambdaClient(config),
    iam: new IAMClient(config),
  };
}

/** An HTTP API whose $default stage deploys by itself. */
export async function makeApi(
  { gateway }: ApiCloud,
  more: Partial<CreateApiCommandInput> = {},
  stage: Partial<CreateStageCommandInput> = {},
): Promise<string> {
  const { ApiId = "" } = await gateway.send(new CreateApiCommand({ Name: "api", ProtocolType: "HTTP", ...more }));
  await gateway.send(new CreateStageCommand({ ApiId, StageName: "$default", AutoDeploy: true, ...stage }));
  return ApiId;
}

type Integration = Partial<CreateIntegrationCommandInput>;

export async function makeIntegration({ gateway }: ApiCloud, ApiId: string, more: Integration): Promise<string> {
  const { IntegrationId = "" } = await gateway.send(
    new CreateIntegrationCommand({ ApiId, IntegrationType: "AWS_PROXY", PayloadFormatVersion: "2.0", ...more }),
  );
  return IntegrationId;
}

export async function addRoute(
  { gateway }: ApiCloud,
  ApiId: string,
  integration: string,
  more: Partial<CreateRouteCommandInput>,
): Promise<string> {
  const target = { RouteKey: "$default", Target: `integrations/${integration}` };
  const { RouteId = "" } = await gateway.send(new CreateRouteCommand({ ApiId, ...target, ...more }));
  return RouteId;
}

export function call(at: ApiCloud, id: string, route: string, sent: Call = {}): Promise<Reply> {
  return callApiAt(at.cloud.port, id, route, sent);
}
