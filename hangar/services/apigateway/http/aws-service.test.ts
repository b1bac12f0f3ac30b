// AWS integrations: templates' requests reach the services' own operations, as the integration's role.

import { CreateTableCommand, DynamoDBClient, GetItemCommand, type AttributeDefinition } from "@aws-sdk/client-dynamodb";
import { CreateBucketCommand, GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  addRoutes,
  callApi,
  deploy,
  makeApi,
  makeRole,
  startApiCloud,
  type ApiCloud,
  type RouteSpec,
} from "./test-api.ts";

let at: ApiCloud;
let id: string;
let role: string;
const QUEUE = "http://localhost/000000000000/jobs";

const arn = (target: string): string => `arn:aws:apigateway:us-east-1:${target}`;
const json = (template: string) => ({ "application/json": template });
const to = (target: string, more: Partial<RouteSpec["integration"]>, responses: RouteSpec["responses"]): RouteSpec => ({
  integration: { type: "AWS", integrationHttpMethod: "POST", uri: arn(target), credentials: role, ...more },
  ...(responses === undefined ? {} : { responses }),
});
const BOTH = { "200": {}, "400": { selectionPattern: "4\\d\\d" } };

beforeAll(async () => {
  at = await startApiCloud("apigateway-services");
  const config = at.cloud.clientConfig();
  role = await makeRole(at, "api", "apigateway.amazonaws.com", ["sqs:SendMessage", "dynamodb:*Item", "s3:*"]);
  await new SQSClient(config).send(new CreateQueueCommand({ QueueName: "jobs" }));
  const AttributeDefinitions: AttributeDefinition[] = [{ AttributeName: "id", AttributeType: "S" }];
  await new DynamoDBClient(config).send(
    new CreateTableCommand({
      TableName: "things",
      AttributeDefinitions,
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      BillingMode: "PAY_PER_REQUEST",
    }),
  );
  await new S3Client(config).send(new CreateBucketCommand({ Bucket: "api-files" }));
  id = await makeApi(at, { binaryMediaTypes: ["image/png"] });
  const form = { "integration.request.header.Content-Type": "'application/x-www-form-urlencoded'" };
  await addRoutes(at, id, {
    "POST /jobs": to(
      "sqs:path/000000000000/jobs",
      {
        requestParameters: form,
        requestTemplates: json("Action=SendMessage&MessageBody=$util.urlEncode($input.body)"),
      },
      {
        ...BOTH,
        "200": {
          responseTemplates: json('{"id":"$input.path(\'$.SendMessageResponse.SendMessageResult.MessageId\')"}'),
        },
      },
    ),
    "POST /purge": to(
      "sqs:path/000000000000/jobs",
      { requestParameters: form, requestTemplates: json("Action=PurgeQueue") },
      BOTH,
    ),
    "PUT /things/{id}": to(
      "dynamodb:action/PutItem",
      {
        requestTemplates: json(
          '{"TableName":"things","Item":{"id":{"S":"$input.params("id")"},"at":{"S":"$input.path(\'$.at\')"}}}',
        ),
      },
      BOTH,
    ),
    "GET /things/{id}": to(
      "dynamodb:action/GetItem",
      { requestTemplates: json('{"TableName":"things","Key":{"id":{"S":"$input.params("id")"}}}') },
      { ...BOTH, "200": { responseTemplates: json('{"at":"$input.path(\'$.Item.at.S\')"}') } },
    ),
    "GET /broken": to("dynamodb:action/GetItem", { requestTemplates: json('{"TableName":"none","Key":{}}') }, BOTH),
    "ANY /files/{key+}": to(
      "s3:path/api-files/{key}",
      {
        integrationHttpMethod: "ANY",
        requestParameters: {
          "integration.request.path.key": "method.request.path.key",
          "integration.request.header.Content-Type": "method.request.header.Content-Type",
        },
      },
      {
        ...BOTH,
        "200": {
          responseParameters: { "method.response.header.Content-Type": "integration.response.header.Content-Type" },
        },
      },
    ),
    "GET /buckets": to("s3:path//", { integrationHttpMethod: "GET" }, BOTH),
    "GET /unknown": to("dynamodb:action/Nothing", { requestTemplates: json("{}") }, BOTH),
    "GET /unknown-form": to("sns:action/Nothing", { requestTemplates: json("{}") }, BOTH),
    "POST /nobody": {
      integration: { type: "AWS", integrationHttpMethod: "POST", uri: arn("dynamodb:action/ListTables") },
      responses: { "200": {} },
    },
  });
  await deploy(at, id);
});

afterAll(() => at.cloud.close());

const send = (route: string, body: string | Uint8Array = "{}", type = "application/json") =>
  callApi(at, id, route, { body, headers: { "Content-Type": type, Accept: type } });

describe("AWS integrations", () => {
  test("a form reaches the queue of the path, the answer comes as JSON", async () => {
    const { status, json: sent } = await send("POST /live/jobs", '{"do":"it & more"}');
    const client = new SQSClient(at.cloud.clientConfig());
    const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl: QUEUE }));
    expect(status).toBe(200);
    expect(Messages.map(({ Body, MessageId }) => ({ Body, id: MessageId }))).toEqual([
      { Body: '{"do":"it & more"}', id: (sent as { id: string }).id },
    ]);
  });

  test("what the role may not do is the service's own refusal", async () => {
    const { status, json: refusal } = await send("POST /live/purge");
    expect(status).toBe(400);
    expect((refusal as { Error: { Code: string; Message: string } }).Error.Message).toMatch(
      /^User: arn:aws:sts::000000000000:assumed-role\/api\/BackplaneAssumeRoleSession is not authorized to perform: sqs:purgequeue/i,
    );
  });

  test("an action takes the template as its input", async () => {
    expect(await send("PUT /live/things/a", '{"at":"noon"}')).toMatchObject({ status: 200, text: "{}" });
    expect((await send("GET /live/things/a")).json).toEqual({ at: "noon" });
    const client = new DynamoDBClient(at.cloud.clientConfig());
    const { Item } = await client.send(new GetItemCommand({ TableName: "things", Key: { id: { S: "a" } } }));
    expect(Item).toEqual({ id: { S: "a" }, at: { S: "noon" } });
  });

  test("a service's error is chosen by its status", async () => {
    const { status, json: error } = await send("GET /live/broken");
    expect(status).toBe(400);
    expect(error).toMatchObject({ __type: expect.stringContaining("ResourceNotFoundException") as string });
  });

  test("bytes go to S3 and come back", async () => {
    const bytes = Buffer.from([137, 80, 0, 255]);
    expect((await send("PUT /live/files/a/cat%20one.png", bytes, "image/png")).status).toBe(200);
    const client = new S3Client(at.cloud.clientConfig());
    const { ContentType } = await client.send(new GetObjectCommand({ Bucket: "api-files", Key: "a/cat one.png" }));
    expect(ContentType).toBe("image/png");
    const {
      status,
      bytes: read,
      headers,
    } = await callApi(at, id, "GET /live/files/a/cat%20one.png", {
      headers: { Accept: "image/png" },
    });
    expect([status, [...read], headers["content-type"]]).toEqual([200, [...bytes], "image/png"]);
    expect((await callApi(at, id, "GET /live/files/none")).status).toBe(400);
  });

  test("a path may begin with a slash, as the console writes it", async () => {
    const { status, text } = await callApi(at, id, "GET /live/buckets");
    expect([status, text]).toEqual([200, expect.stringContaining("<Name>api-files</Name>")]);
  });

  test("actions that a service does not have are its own refusals", async () => {
    const none = await callApi(at, id, "GET /live/unknown");
    expect([none.status, none.json]).toEqual([
      400,
      { __type: expect.stringContaining("UnknownOperationException") as string },
    ]);
    const form = await callApi(at, id, "GET /live/unknown-form");
    const Message = "Could not find operation Nothing for version 2010-03-31";
    expect([form.status, form.json]).toMatchObject([400, { Error: { Code: "InvalidAction", Message } }]);
  });

  test("without credentials only Lambda can be called", async () => {
    expect(await send("POST /live/nobody")).toMatchObject({ status: 500, json: { message: "Internal server error" } });
  });
});
