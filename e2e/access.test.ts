// Who may do what: roles hold, and anonymous requests get what is public.
import { DynamoDBClient, GetItemCommand, PutItemCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import { s3Client, settings } from "./clients.ts";
import type { Clients, Credentials } from "./clients.ts";
import { needs } from "./features.ts";
import { makeAlbum } from "./library.ts";
import { reach } from "./reach.ts";
import { expect, test } from "./test.ts";
import { settled } from "./world.ts";

async function assume(aws: Clients, RoleArn: string): Promise<Credentials> {
  const { Credentials: keys } = await aws.sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "suite" }));
  const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = keys ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}

test("the auditor reads the totals, and nothing else", async ({ world, aws, ada, skip }) => {
  needs({ skip }, world, "IAM");
  const keys = await assume(aws, world.outputs.AuditorRoleArn);
  const table = new DynamoDBClient(settings(world, keys));
  const { TableName, UploadsBucket } = world.outputs;
  const totals = { pk: { S: "STATISTICS" }, sk: { S: "TOTALS" } };
  await expect(table.send(new GetItemCommand({ TableName, Key: totals }))).resolves.toBeDefined();

  const denied = (action: string) =>
    expect.objectContaining({
      name: "AccessDeniedException",
      message: expect.stringContaining(`not authorized to perform: ${action}`),
    });
  const profile = { pk: { S: `USER#${ada.user}` }, sk: { S: "PROFILE" } };
  await expect(table.send(new GetItemCommand({ TableName, Key: profile }))).rejects.toEqual(denied("dynamodb:GetItem"));
  await expect(table.send(new PutItemCommand({ TableName, Item: totals }))).rejects.toEqual(denied("dynamodb:PutItem"));
  await expect(table.send(new ScanCommand({ TableName }))).rejects.toEqual(denied("dynamodb:Scan"));
  const objects = s3Client(world, keys);
  await expect(objects.send(new ListObjectsV2Command({ Bucket: UploadsBucket }))).rejects.toMatchObject({
    name: "AccessDenied",
  });
});

test("a function's role is for Lambda alone", async ({ world, aws, skip }) => {
  needs({ skip }, world, "IAM");
  await expect(assume(aws, world.outputs.PartnerRoleArn)).rejects.toMatchObject({ name: "AccessDenied" });
});

test("a function that is asked for more than its role allows is denied", async ({ world, aws, skip }) => {
  needs({ skip }, world, "IAM");
  const record = { s3: { bucket: { name: world.outputs.UploadsBucket }, object: { key: "photos/ada/any.csv" } } };
  const { FunctionError, Payload } = await aws.lambda.send(
    new InvokeCommand({ FunctionName: world.outputs.ConvertFunction, Payload: JSON.stringify({ Records: [record] }) }),
  );
  expect(FunctionError).toBe("Unhandled");
  const { errorType, errorMessage } = JSON.parse(Buffer.from(Payload ?? []).toString()) as Record<string, string>;
  // By the name of its class, which newer SDKs for Python have for this error.
  expect(["ClientError", "AccessDenied"]).toContain(errorType);
  expect(errorMessage).toContain("(AccessDenied) when calling the GetObject operation");
});

const objectUrl = (endpoint: string | undefined, region: string, bucket: string, key: string) =>
  `${endpoint ?? `https://s3.${region}.amazonaws.com`}/${bucket}/${key}`;

test("the site is public to read", async ({ world }) => {
  const page = await reach(world.outputs.SiteUrl);
  expect([page.status, page.headers["content-type"]]).toEqual([200, "text/html"]);
  expect(page.text).toContain("<title>Nebula</title>");
});

test("nobody can change or list the site", async ({ world, skip }) => {
  needs({ skip }, world, "bucket policies");
  const { SiteBucket } = world.outputs;
  const url = objectUrl(world.endpoint, world.region, SiteBucket, "index.html");
  expect((await reach(url)).status).toBe(200);
  expect((await reach(url, { method: "PUT", body: "defaced" })).status).toBe(403);
  expect((await reach(url, { method: "DELETE" })).status).toBe(403);
  expect((await reach(objectUrl(world.endpoint, world.region, SiteBucket, ""))).status).toBe(403);
});

test("pictures are private", async ({ world, skip }) => {
  needs({ skip }, world, "bucket policies");
  for (const bucket of [world.outputs.UploadsBucket, world.outputs.ThumbnailsBucket]) {
    const answer = await reach(objectUrl(world.endpoint, world.region, bucket, "photos/ada/any"));
    expect(answer.status).toBe(403);
    expect(answer.text).toContain("<Code>AccessDenied</Code>");
  }
});

test("the access log names the user, the route and the answer", async ({ world, aws, ada, skip }) => {
  needs({ skip }, world, "access log");
  await makeAlbum(ada);
  const line = await settled(world, "the access log", async () => {
    const filterPattern = `{ $.user = "${ada.user}" && $.method = "POST" }`;
    const { events = [] } = await aws.logs.send(
      new FilterLogEventsCommand({ logGroupName: world.outputs.AccessLogGroup, filterPattern }),
    );
    return events[0]?.message;
  });
  expect(JSON.parse(line)).toMatchObject({ method: "POST", path: "/albums", status: "201", user: ada.user });
});
