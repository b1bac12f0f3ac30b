// POST /orders: puts the order on the queue.
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";

const sqs = new SQSClient();

export async function handler({ body }) {
  await sqs.send(new SendMessageCommand({ QueueUrl: process.env.QUEUE, MessageBody: body }));
  return { statusCode: 202, body };
}
