// Enters the pictures of a batch of messages in the catalogue and tells the readers; what fails comes back alone.
const { DynamoDBClient, PutItemCommand } = require("@aws-sdk/client-dynamodb");
const { SNSClient, PublishCommand } = require("@aws-sdk/client-sns");

const dynamodb = new DynamoDBClient();
const sns = new SNSClient();

async function enter({ s3 }) {
  const key = decodeURIComponent(s3.object.key.replaceAll("+", " "));
  const Item = { key: { S: key }, size: { N: String(s3.object.size) } };
  await dynamodb.send(new PutItemCommand({ TableName: process.env.TABLE, Item }));
  await sns.send(new PublishCommand({ TopicArn: process.env.TOPIC, Message: key }));
}

exports.handler = async ({ Records }) => {
  const batchItemFailures = [];
  for (const { messageId, body } of Records) {
    try {
      // The bucket's own test message has no records.
      for (const record of JSON.parse(body).Records ?? []) await enter(record);
    } catch (error) {
      console.error(error);
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
};
