// Takes an order: it is in the queue before the customer hears of it.
const { SQSClient, SendMessageCommand } = require("@aws-sdk/client-sqs");

const sqs = new SQSClient();

exports.handler = async ({ body }) => {
  const { MessageId } = await sqs.send(new SendMessageCommand({ QueueUrl: process.env.QUEUE, MessageBody: body }));
  return { statusCode: 202, body: JSON.stringify({ order: MessageId }) };
};
