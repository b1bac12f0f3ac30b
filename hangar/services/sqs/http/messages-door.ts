// LocalStack's `/_aws/sqs/messages`: what is in a queue, without receiving it. https://docs.localstack.cloud/aws/services/sqs/#developer-endpoints

import type { HttpDoor, HttpRequest, HttpResponse } from "../../../cloud/service.ts";
import type { Message as MessageAnswer } from "../../../models/sqs.d.ts";
import { md5OfAttributes } from "../rules/message-attributes.ts";
import { parseQueueUrl } from "../rules/queue-url.ts";
import { systemAttributes } from "../rules/system-attributes.ts";
import { queueKey, type Message, type MessageAttribute, type SqsContext, type tables } from "../store.ts";

type Asked = { readonly name: string; readonly hidden: boolean; readonly delayed: boolean };

const PATH = /^\/_aws\/sqs\/messages(?:\/([^/]+)\/(\d{12})\/([^/]+))?\/?$/;

export const messagesDoor: HttpDoor<typeof tables> = {
  name: "sqs.messages",
  match(request) {
    const found = PATH.exec(request.path);
    if (found === null || (request.method !== "GET" && request.method !== "POST")) return undefined;
    const query = new URLSearchParams(request.query);
    const on = (name: string): boolean => /^(true|1)$/i.test(query.get(name) ?? "");
    const facts = { hidden: on("ShowInvisible"), delayed: on("ShowDelayed") };
    const [, region, account, name] = found;
    if (name !== undefined) return { account, region, data: { ...facts, name } satisfies Asked };
    return { data: { ...facts, name: query.get("QueueUrl") ?? "" } satisfies Asked };
  },
  async handle(request, asked: Asked, context) {
    const url = asked.name === "" ? await urlInBody(request) : asked.name;
    const { account, name } = parseQueueUrl(url, context.account);
    const region = /^https?:\/\/(?:sqs\.)?([a-z]{2}(?:-[a-z]+)+-\d)\./.exec(url)?.[1] ?? context.region;
    const messages = name === "" ? undefined : messagesOf(context.storeAt(account, region), name, asked, context);
    return answer(
      request,
      messages?.map((each) => shown(each, asked, context.clock.now())),
      context,
    );
  },
};

/** As clients of the query protocol send it. */
async function urlInBody(request: HttpRequest): Promise<string> {
  let text = "";
  for await (const chunk of request.body) text += Buffer.from(chunk).toString();
  if (!text.startsWith("{")) return new URLSearchParams(text).get("QueueUrl") ?? "";
  const { QueueUrl } = JSON.parse(text) as { readonly QueueUrl?: unknown };
  return typeof QueueUrl === "string" ? QueueUrl : "";
}

/** Undefined where there is no such queue. */
function messagesOf(
  store: SqsContext["store"],
  name: string,
  { hidden, delayed }: Asked,
  context: SqsContext,
): readonly Message[] | undefined {
  const queue = store.queues.get(name);
  if (queue === undefined) return undefined;
  const now = context.clock.now();
  const oldest = now - Number(queue.attributes["MessageRetentionPeriod"]) * 1000;
  return [...store.messages.rows({ prefix: queueKey(queue, "") })].filter(
    (message) =>
      message.sent >= oldest && (message.visibleAt <= now || (message.receiveCount === 0 ? delayed : hidden)),
  );
}

function shown(message: Message, { hidden, delayed }: Asked, now: number): MessageAnswer {
  const { attributes } = message;
  const away = message.visibleAt > now;
  const more = {
    ...(hidden ? { IsVisible: String(!away) } : {}),
    ...(delayed ? { IsDelayed: String(away && message.receiveCount === 0) } : {}),
  };
  return {
    MessageId: message.messageId,
    ReceiptHandle: "SQS/BACKDOOR/ACCESS",
    MD5OfBody: message.md5,
    Body: message.body,
    Attributes: { ...systemAttributes(message), ...more },
    ...(attributes === undefined
      ? {}
      : { MD5OfMessageAttributes: md5OfAttributes(attributes), MessageAttributes: attributes }),
  };
}

/** JSON to those that speak it; else as the query protocol has it, as XML or, where that is accepted, as JSON. */
function answer(
  request: HttpRequest,
  messages: readonly MessageAnswer[] | undefined,
  context: SqsContext,
): HttpResponse {
  const status = messages === undefined ? 400 : 200;
  const ResponseMetadata = { RequestId: context.request.id };
  if (request.headers["content-type"] === "application/x-amz-json-1.0") {
    const message = "The specified queue does not exist.";
    const body =
      messages === undefined ? { __type: "com.amazonaws.sqs#QueueDoesNotExist", message } : { Messages: messages };
    return json(status, body);
  }
  const failed = { Error: { Code: "AWS.SimpleQueueService.NonExistentQueue", Type: "Sender" }, ...ResponseMetadata };
  const Message = messages?.map(listed);
  const done = { ReceiveMessageResult: Message?.length === 0 ? null : { Message }, ResponseMetadata };
  const [root, tree] = messages === undefined ? ["ErrorResponse", failed] : ["ReceiveMessageResponse", done];
  if ((request.headers["accept"] ?? "").includes("json")) return json(status, { [root]: tree });
  const body = `<${root} xmlns="http://queue.amazonaws.com/doc/2012-11-05/">${xmlOf(tree)}</${root}>`;
  return { status, headers: { "content-type": "text/xml" }, body: `<?xml version="1.0" encoding="utf-8"?>\n${body}` };
}

function json(status: number, value: unknown): HttpResponse {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(value) };
}

/** Maps as lists of name and value. */
function listed({ Attributes = {}, MessageAttributes = {}, ...message }: MessageAnswer): object {
  const named = ([Name, Value]: [string, unknown]): object => ({ Name, Value });
  const Attribute = Object.entries(Attributes).map(named);
  const MessageAttribute = Object.entries(MessageAttributes as Record<string, MessageAttribute>).map(([name, each]) => {
    const { BinaryValue, ...value } = each;
    const bytes = BinaryValue === undefined ? {} : { BinaryValue: Buffer.from(BinaryValue).toString("base64") };
    return named([name, { ...value, ...bytes }]);
  });
  return { ...message, Attribute, ...(MessageAttribute.length === 0 ? {} : { MessageAttribute }) };
}

function xmlOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value !== "object")
    return String(value as string)
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;");
  return Object.entries(value)
    .flatMap(([name, each]: [string, unknown]) =>
      (Array.isArray(each) ? (each as unknown[]) : [each]).map((one) => `<${name}>${xmlOf(one)}</${name}>`),
    )
    .join("");
}
