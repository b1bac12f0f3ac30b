// An order from the queue: a row that expires in 15 minutes unless it is paid, and a receipt.
import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";

// The queue retries; the SDK's own retries are off.
const dynamodb = new DynamoDBClient({ maxAttempts: 1 });
const s3 = new S3Client({ maxAttempts: 1, forcePathStyle: true });

export async function handler({ Records: [record] }) {
  const { id, item } = JSON.parse(record.body);
  const sent = Number(record.attributes.SentTimestamp);
  const expiresAt = String(Math.floor(sent / 1000) + 15 * 60);
  console.log(`order ${id}: ${item}`);
  const Item = { id: { S: id }, item: { S: item }, expiresAt: { N: expiresAt } };
  await dynamodb.send(new PutItemCommand({ TableName: process.env.TABLE, Item }));
  await s3.send(new PutObjectCommand({ Bucket: process.env.BUCKET, Key: `${id}.txt`, Body: item }));
}
