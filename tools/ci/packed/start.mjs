// startCloud() from an ES module of plain JavaScript: one signed call is answered, then the cloud is closed.
import { startCloud } from "hangar";

const cloud = await startCloud();
const response = await fetch(cloud.endpoint, {
  method: "POST",
  headers: {
    "content-type": "application/x-amz-json-1.0",
    "x-amz-target": "AmazonSQS.CreateQueue",
    "x-amz-date": "20260101T000000Z",
    authorization:
      "AWS4-HMAC-SHA256 Credential=foo/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=00",
  },
  body: JSON.stringify({ QueueName: "packed" }),
});
console.log((await response.json()).QueueUrl);
await cloud.close();
