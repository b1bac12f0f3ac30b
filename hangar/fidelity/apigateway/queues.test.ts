// Integrations with SQS, by form and by JSON, as they were recorded from AWS (see ../NOTICE).

import * as sqs from "@aws-sdk/client-sqs";
import { expect } from "vitest";
import type { Answer, Caller, Input, Session } from "../session.ts";
import { integrationOf, invoke } from "./mock.ts";
import { roleOf } from "./services.ts";
import { apiOf, recorded, type Api } from "./session.ts";

const QueueName = "recorded-queue";
const json = (template: string) => ({ "application/json": template });
const form = { "integration.request.header.Content-Type": "'application/x-www-form-urlencoded'" };
const send = "Action=SendMessage&MessageBody=$input.body";

type Setup = { readonly queue: Caller; readonly QueueUrl: unknown; readonly api: Api; readonly method: Input };

/** `POST /sqs` of an API to a queue. */
async function setup(s: Session, integration: Input, response: Input = {}): Promise<Setup> {
  const queue = s.with({ service: "sqs", sdk: sqs });
  const { QueueUrl } = await queue.do("CreateQueue", { QueueName });
  const api = await apiOf(s);
  const to = {
    type: "AWS",
    integrationHttpMethod: "POST",
    uri: `arn:aws:apigateway:us-east-1:sqs:path/000000000000/${QueueName}`,
    credentials: await roleOf(s),
    requestParameters: form,
    passthroughBehavior: "NEVER",
  };
  const method = await integrationOf(api, "POST /sqs", { ...to, ...integration }, response);
  await api.do("CreateDeployment", { stageName: "testing" });
  return { queue, QueueUrl, api, method };
}

async function received({ queue, QueueUrl }: Setup): Promise<readonly Answer[]> {
  const all = { QueueUrl, MessageAttributeNames: ["All"], MaxNumberOfMessages: 10 };
  const { Messages } = await queue.do("ReceiveMessage", all);
  return Messages as readonly Answer[];
}

async function withAttribute(s: Session, name: string): Promise<void> {
  const value = `${name}.1.Value.DataType=String&${name}.1.Value.StringValue=$input.params('HeaderFoo')`;
  const at = await setup(s, { requestTemplates: json(`${send}&${name}.1.Name=user-agent&${value}`) });
  const headers = { HeaderFoo: "BAR-Header", "Content-Type": "application/json" };
  expect(await invoke(s, at.api.id, "POST /testing/sqs", { body: '{"foo": "bar"}', headers })).toMatchObject({
    status: 200,
  });
  const [message] = await received(at);
  s.matches("sqs-message-body", message?.["Body"]);
  s.matches("sqs-message-attributes", message?.["MessageAttributes"]);
}

const found = `
#set($response = $input.path('$.SendMessageResponse'))
#set($requestId = $input.path('$.SendMessageResponse.ResponseMetadata.RequestId'))
#set($messageId = $response.SendMessageResult.MessageId)
{ "requestId": "$requestId", "messageId": "$messageId" }`;

/** All of what a map of `$context` has, as text; what is no text is empty. */
const all = (of: string): string =>
  `{#foreach($key in ${of}.keySet())"$key": "$util.escapeJavaScript(${of}.get($key))"#if($foreach.hasNext), #end#end}`;
const maps = ["identity", "requestOverride", "responseOverride"];
const contexts = `{"context": ${all("$context")}, ${maps.map((name) => `"${name}": ${all(`$context.${name}`)}`).join(", ")}, "authorizer_keys": ${all("$context.authorizer")}}`;

recorded(import.meta.url, "apigateway-sqs", {
  async test_sqs_aws_integration(s) {
    const responseTemplates = json('{"message": "great success!"}');
    const at = await setup(s, { requestTemplates: json(send) }, { responseTemplates });
    const reply = async (body?: string) => {
      const headers = { "Content-Type": "application/json" };
      const sent = body === undefined ? {} : { body, headers };
      return (await invoke(s, at.api.id, "POST /testing/sqs", sent)).body;
    };
    s.matches("sqs-aws-integration-with-payload", await reply('{"foo": "bar"}'));
    s.matches("sqs-aws-integration-without-payload", await reply());
    s.matches("sqs-messages", await received(at));
  },
  async test_sqs_request_and_response_xml_templates_integration(s) {
    const at = await setup(s, { requestTemplates: json(send) }, { responseTemplates: json(found) });
    const post = () => invoke(s, at.api.id, "POST /testing/sqs", { body: "<xml>Hello World</xml>" });
    s.matches("sqs-json-response", JSON.parse((await post()).body));
    const header = "/requestParameters/integration.request.header.Accept";
    const patchOperations = [{ op: "add", path: header, value: "'application/xml'" }];
    await at.api.do("UpdateIntegration", { ...at.method, patchOperations });
    const drop = [{ op: "remove", path: "/responseTemplates/application~1json" }];
    await at.api.do("UpdateIntegrationResponse", { ...at.method, statusCode: "200", patchOperations: drop });
    await at.api.do("CreateDeployment", { stageName: "testing" });
    expect((await post()).body).toMatch(/<MessageId>.+<\/MessageId>.*<RequestId>.+<\/RequestId>/s);
  },
  "test_sqs_aws_integration_with_message_attribute[MessageAttribute]": (s) => withAttribute(s, "MessageAttribute"),
  "test_sqs_aws_integration_with_message_attribute[MessageAttributes]": (s) => withAttribute(s, "MessageAttributes"),
  async test_sqs_amz_json_protocol(s) {
    const header = (name: string) => `integration.request.header.${name}`;
    const QueueUrl = `https://sqs.us-east-1.amazonaws.com/000000000000/${QueueName}`;
    const body = `#define($body)${contexts}#end`;
    const template = `${body}{ "QueueUrl": "${QueueUrl}", "MessageBody": "$util.escapeJavaScript("$body")" }`;
    const at = await setup(s, {
      uri: "arn:aws:apigateway:us-east-1:sqs:path/",
      requestParameters: {
        [header("Content-Type")]: "'application/x-amz-json-1.0'",
        [header("X-Amz-Target")]: "'AmazonSQS.SendMessage'",
      },
      requestTemplates: json(template),
    });
    const headers = { "User-Agent": "python/requests/tests", "Content-Type": "application/json" };
    expect(await invoke(s, at.api.id, "POST /testing/sqs", { body: "{}", headers })).toMatchObject({ status: 200 });
    const shown = (await received(at)).map((message) => {
      const read = JSON.parse(String(message["Body"])) as { readonly context: Answer };
      const context = { ...read.context, requestTimeEpoch: "request-time-epoch" };
      return { ...message, Body: { ...read, context } };
    });
    s.matches("sqs-messages", shown);
  },
});
