// Publishes a message to a topic, a phone or an app. https://docs.aws.amazon.com/sns/latest/api/API_Publish.html

import type { PublishInput, PublishOutput } from "../../../../models/sns.d.ts";
import { endpointDisabled, invalidParameter } from "../../errors.ts";
import { checkOrdering, checkPublishing, LIMIT, sizeOf, textsOf } from "../../rules/message.ts";
import { checkPublishNumber } from "../../rules/phone-number.ts";
import { checkKey, publishTo } from "../../workers/publishing.ts";
import { findEndpoint } from "../../rules/platform.ts";
import { operation, topicAt, type SnsContext } from "../../store.ts";
import { noted } from "../../workers/send.ts";

export const publish = operation<PublishInput, PublishOutput>(async (input, context) => {
  const arn = input.TopicArn ?? input.TargetArn;
  if (arn === undefined && input.PhoneNumber === undefined)
    throw invalidParameter("TopicArn or TargetArn Reason: no value for required parameter");
  checkPublishing(input);
  if (sizeOf(input) > LIMIT) throw invalidParameter("Message too long");
  if (arn === undefined) return toPhone(context, input.PhoneNumber ?? "", input);
  if (input.TopicArn === undefined && arn.includes(":endpoint/")) return toApp(context, arn, input);
  const place = topicAt(context, arn, input.TopicArn === undefined ? "TargetArn" : "TopicArn");
  checkOrdering(place.topic, input);
  const texts = textsOf(input);
  await checkKey(context, place.topic);
  return publishTo(context, place, { ...input, texts });
});

/** Nobody's phone rings: the trace has the text. */
function toPhone(context: SnsContext, number: string, input: PublishInput): PublishOutput {
  checkPublishNumber(number);
  const texts = textsOf(input);
  const messageId = context.ids.uuid();
  noted(context, `sms:${number}`, texts?.["sms"] ?? texts?.["default"] ?? input.Message, { messageId });
  return { MessageId: messageId };
}

/** As with phones. */
function toApp(context: SnsContext, arn: string, input: PublishInput): PublishOutput {
  const endpoint = findEndpoint(context, arn);
  if (endpoint === undefined)
    throw invalidParameter("TargetArn Reason: No endpoint found for the target arn specified");
  if (endpoint.attributes["Enabled"] !== "true") throw endpointDisabled();
  const texts = textsOf(input);
  const messageId = context.ids.uuid();
  const text = texts?.[arn.split("/")[1] ?? ""] ?? texts?.["default"] ?? input.Message;
  noted(context, `application:${arn}`, text, { messageId });
  return { MessageId: messageId };
}
