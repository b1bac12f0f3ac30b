// Services and endpoints behind WebSocket APIs: messages become their requests, by templates and parameters.

import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  CreateApiMappingCommand,
  CreateDomainNameCommand,
  type CreateIntegrationCommandInput,
} from "@aws-sdk/client-apigatewayv2";
import { ApiGatewayManagementApiClient, GetConnectionCommand } from "@aws-sdk/client-apigatewaymanagementapi";
import { CreateTableCommand, DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { WebSocket } from "ws";
import { makeRole } from "../../../../gateway/test-api-calls.ts";
import {
  asked,
  closeSocketCloud,
  integrationOf,
  open,
  refusal,
  socketApi,
  startSocketCloud,
  twoWay,
  urlOf,
  type SocketCloud,
} from "./test-socket-api.ts";

let at: SocketCloud;
let id: string;
let server: Server;
let socket: WebSocket;

/** A two-way route whose integration answers as these responses say. */
async function route(
  RouteKey: string,
  integration: Partial<CreateIntegrationCommandInput>,
  responses: Readonly<Record<string, string>> = {},
): Promise<void> {
  const settings = { IntegrationMethod: "POST", ...integration };
  await twoWay(at, id, await integrationOf(at, id, settings, responses), { RouteKey });
}

const action = (name: string) => `arn:aws:apigateway:us-east-1:${name.replace("/", ":action/")}`;

beforeAll(async () => {
  at = await startSocketCloud("apigatewayv2-socket-services");
  server = createServer((request, response) => {
    response.end(JSON.stringify({ url: request.url, who: request.headers["x-who"], at: request.headers["x-stage"] }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const role = await makeRole(at, "sockets", "apigateway.amazonaws.com");
  id = await socketApi(at);
  const [IntegrationType, CredentialsArn] = ["AWS" as const, role];
  await route(
    "put",
    {
      IntegrationType,
      CredentialsArn,
      IntegrationUri: action("dynamodb/PutItem"),
      RequestTemplates: {
        $default: `{"TableName":"$input.path('$.table')","Item":{"id":{"S":"$context.connectionId"},"text":{"S":$input.json('$.text')}}}`,
      },
    },
    { $default: "kept", "/4\\d{2}/": "refused: $input.path('$.__type')" },
  );
  await route("send", {
    IntegrationType,
    CredentialsArn,
    IntegrationUri: "arn:aws:apigateway:us-east-1:sqs:path/000000000000/inbox",
    RequestParameters: { "integration.request.header.Content-Type": "'application/x-www-form-urlencoded'" },
    RequestTemplates: { $default: "Action=SendMessage&MessageBody=$util.urlEncode($input.path('$.text'))" },
  });
  await route("nobody", {
    IntegrationType,
    IntegrationUri: action("dynamodb/PutItem"),
    RequestTemplates: { $default: "{}" },
  });
  await route("ask", {
    IntegrationType: "HTTP",
    IntegrationUri: `http://127.0.0.1:${(server.address() as AddressInfo).port}/rooms/{room}`,
    RequestParameters: {
      "integration.request.path.room": "route.request.body.room.id",
      "integration.request.querystring.token": "route.request.querystring.token",
      "integration.request.header.X-Who": "route.request.header.X-Name",
      "integration.request.header.X-Stage": "context.stage",
    },
  });
  socket = await open(at, `${urlOf(at, id)}?token=a%20b`, { headers: { "X-Name": "ann" } });
});

afterAll(async () => {
  server.close();
  await closeSocketCloud(at);
});

test("a template's request is DynamoDB's own, and its status selects the response", async () => {
  const dynamodb = new DynamoDBClient(at.cloud.clientConfig());
  await dynamodb.send(
    new CreateTableCommand({
      TableName: "notes",
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      BillingMode: "PAY_PER_REQUEST",
    }),
  );
  expect(await asked(socket, { action: "put", table: "notes", text: "hello" })).toBe("kept");
  expect(await asked(socket, { action: "put", table: "other", text: "hello" })).toMatch(
    /^refused: .*ResourceNotFoundException$/,
  );
  const who = JSON.parse(await asked(socket, { action: "unknown" })) as { connectionId: string };
  const { Item } = await dynamodb.send(
    new GetItemCommand({ TableName: "notes", Key: { id: { S: who.connectionId } } }),
  );
  expect(Item?.["text"]).toEqual({ S: "hello" });
});

test("SQS takes a form at its queue's path", async () => {
  const sqs = new SQSClient(at.cloud.clientConfig());
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "inbox" }));
  const answer = JSON.parse(await asked(socket, { action: "send", text: "a & b" })) as object;
  expect(answer).toMatchObject({
    SendMessageResponse: { SendMessageResult: { MessageId: expect.any(String) as string } },
  });
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  expect(Messages.map(({ Body }) => Body)).toEqual(["a & b"]);
});

test("services other than Lambda are called as a role, or not at all", async () => {
  expect(JSON.parse(await asked(socket, { action: "nobody" }))).toMatchObject({ message: "Internal server error" });
});

test("request parameters come of the message, of the request to connect, and of the context", async () => {
  expect(JSON.parse(await asked(socket, { action: "ask", room: { id: "7 b" } }))).toEqual({
    url: "/rooms/7%20b?token=a+b",
    who: "ann",
    at: "live",
  });
});

test("a custom domain name leads to a WebSocket API, both ways until the end", async () => {
  const domain = {
    DomainName: "chat.example.com",
    DomainNameConfigurations: [{ CertificateArn: "arn:aws:acm:us-east-1:000000000000:certificate/one" }],
  };
  await at.gateway.send(new CreateDomainNameCommand(domain));
  const mapping = { DomainName: "chat.example.com", ApiMappingKey: "room", ApiId: id, Stage: "live" };
  await at.gateway.send(new CreateApiMappingCommand(mapping));
  const origin = `ws://127.0.0.1:${at.cloud.port}/_aws/execute-api/chat.example.com`;
  const client = await open(at, `${origin}/room?token=domain`, { headers: { "X-Name": "bob" } });
  const answer = await asked(client, { action: "ask", room: { id: "1" } });
  expect(JSON.parse(answer)).toEqual({ url: "/rooms/1?token=domain", who: "bob", at: "live" });
  const { connectionId: ConnectionId } = JSON.parse(await asked(client, "{}")) as { connectionId: string };
  const management = new ApiGatewayManagementApiClient({ ...at.cloud.clientConfig(), maxAttempts: 1 });
  await management.send(new GetConnectionCommand({ ConnectionId }));
  client.close(1000);
  await once(client, "close");
  await at.cloud.settle();
  await expect(management.send(new GetConnectionCommand({ ConnectionId }))).rejects.toMatchObject({
    name: "GoneException",
  });

  expect(await refusal(`${origin}/nowhere`)).toEqual({ status: 403, message: "Forbidden" });
});
