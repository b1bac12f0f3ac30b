// Writes how many pictures there are, and how large they are together, into the bucket.
const { DynamoDBClient, paginateScan } = require("@aws-sdk/client-dynamodb");
const { S3Client, PutObjectCommand } = require("@aws-sdk/client-s3");

const client = new DynamoDBClient();
const s3 = new S3Client();

exports.handler = async ({ time }) => {
  let count = 0;
  let bytes = 0;
  for await (const { Items } of paginateScan({ client }, { TableName: process.env.TABLE }))
    for (const { size } of Items) {
      count += 1;
      bytes += Number(size.N);
    }
  const Key = `reports/${time.slice(0, 10)}.json`;
  await s3.send(new PutObjectCommand({ Bucket: process.env.BUCKET, Key, Body: JSON.stringify({ count, bytes }) }));
};
