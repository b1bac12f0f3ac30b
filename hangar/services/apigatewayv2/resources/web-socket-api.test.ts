// WebSocket APIs as the CDK writes them, deployed and spoken to.

import { once } from "node:events";
import { App, CfnOutput, Stack } from "aws-cdk-lib";
import { WebSocketApi, WebSocketStage } from "aws-cdk-lib/aws-apigatewayv2";
import { WebSocketLambdaIntegration, WebSocketMockIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { Code, Function as LambdaFunction, Runtime, type IFunction } from "aws-cdk-lib/aws-lambda";
import { WebSocket } from "ws";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stacksOf, type Resources } from "../../../cloud/test-stacks.ts";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;

beforeAll(async () => {
  cloud = await startCloud({ seed: "web-socket-stack" });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

function template(): {
  readonly Resources: Resources;
  readonly Outputs: Readonly<Record<string, { readonly Value: object }>>;
} {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, "Socket", { env: { account: "000000000000", region: "us-east-1" } });
  const handler = new LambdaFunction(stack, "Handler", {
    runtime: Runtime.NODEJS_24_X,
    handler: "index.handler",
    code: Code.fromInline(
      "exports.handler = async (event) => ({ statusCode: event.queryStringParameters?.no ? 403 : 200, body: event.requestContext.routeKey });",
    ),
  }) as IFunction;
  const api = new WebSocketApi(stack, "Api", {
    connectRouteOptions: { integration: new WebSocketLambdaIntegration("Connect", handler) },
    disconnectRouteOptions: { integration: new WebSocketLambdaIntegration("Disconnect", handler) },
  });
  api.addRoute("say", { integration: new WebSocketLambdaIntegration("Say", handler), returnResponse: true });
  api.addRoute("quiet", { integration: new WebSocketMockIntegration("Quiet") });
  const stage = new WebSocketStage(stack, "Stage", { webSocketApi: api, stageName: "dev", autoDeploy: true });
  new CfnOutput(stack, "Url", { value: stage.url });
  return app.synth().getStackByName("Socket").template as ReturnType<typeof template>;
}

test("the CDK's WebSocketApi deploys, connects and answers", async () => {
  const { Resources: resources, Outputs } = template();
  const outputs = Object.fromEntries(Object.entries(Outputs).map(([name, { Value }]) => [name, Value]));
  const { Url = "" } = await stacksOf(cloud).deploy("Socket", resources, outputs);
  expect(Url).toMatch(new RegExp(`^ws://127.0.0.1:${cloud.port}/_aws/execute-api/[a-z0-9]{10}/dev$`));
  const refused = new WebSocket(`${Url}?no=1`);
  refused.on("error", () => undefined);
  const [, response] = (await once(refused, "unexpected-response")) as [
    unknown,
    { statusCode: number; resume(): void },
  ];
  response.resume();
  expect(response.statusCode).toBe(403);
  const socket = new WebSocket(Url);
  await once(socket, "open");
  socket.send('{"action":"quiet"}');
  socket.send('{"action":"say"}');
  const [message] = (await once(socket, "message")) as [Buffer];
  expect(message.toString()).toBe("say");
  socket.close();
  await once(socket, "close");
});
