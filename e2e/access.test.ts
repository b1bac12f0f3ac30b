// Who may do what: roles hold, and anonymous requests get what is public.
import { DynamoDB } from "@aws-sdk/client-dynamodb";
import { S3 } from "@aws-sdk/client-s3";
import type { Aws, TestCloud } from "hangar/vitest";
import { makeAlbum } from "./library.ts";
import { expect, test } from "./test.ts";

async function assume(aws: Aws, RoleArn: string) {
  const { Credentials: keys } = await aws.sts.assumeRole({ RoleArn, RoleSessionName: "suite" });
  const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = keys ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}

/** S3 without a signature: as anybody calls it. */
const anybody = (cloud: TestCloud) =>
  new S3({ ...cloud.clientConfig(), signer: { sign: (request) => Promise.resolve(request) } });

test("the auditor reads the totals, and nothing else", async ({ stack, aws, cloud, ada }) => {
  cloud.needs("iam");
  const auditor = { ...cloud.clientConfig(), credentials: await assume(aws, stack.outputs.AuditorRoleArn) };
  const table = new DynamoDB(auditor);
  const { TableName, UploadsBucket } = stack.outputs;
  const totals = { pk: { S: "STATISTICS" }, sk: { S: "TOTALS" } };
  await expect(table.getItem({ TableName, Key: totals })).resolves.toBeDefined();

  const denied = (action: string) =>
    expect.objectContaining({
      name: "AccessDeniedException",
      message: expect.stringContaining(`not authorized to perform: ${action}`),
    });
  const profile = { pk: { S: `USER#${ada.user}` }, sk: { S: "PROFILE" } };
  await expect(table.getItem({ TableName, Key: profile })).rejects.toEqual(denied("dynamodb:GetItem"));
  await expect(table.putItem({ TableName, Item: totals })).rejects.toEqual(denied("dynamodb:PutItem"));
  await expect(table.scan({ TableName })).rejects.toEqual(denied("dynamodb:Scan"));
  await expect(new S3(auditor).listObjectsV2({ Bucket: UploadsBucket })).rejects.toMatchObject({
    name: "AccessDenied",
  });
});

test("a function's role is for Lambda alone", async ({ stack, aws, cloud }) => {
  cloud.needs("iam");
  await expect(assume(aws, stack.outputs.PartnerRoleArn)).rejects.toMatchObject({ name: "AccessDenied" });
});

test("a function that is asked for more than its role allows is denied", async ({ stack, aws, cloud }) => {
  cloud.needs("iam");
  const record = { s3: { bucket: { name: stack.outputs.UploadsBucket }, object: { key: "photos/ada/any.csv" } } };
  const { FunctionError, Payload } = await aws.lambda.invoke({
    FunctionName: stack.outputs.ConvertFunction,
    Payload: JSON.stringify({ Records: [record] }),
  });
  expect(FunctionError).toBe("Unhandled");
  const { errorType, errorMessage } = JSON.parse(Buffer.from(Payload ?? []).toString()) as Record<string, string>;
  // By the name of its class, which newer SDKs for Python have for this error.
  expect(["ClientError", "AccessDenied"]).toContain(errorType);
  expect(errorMessage).toContain("(AccessDenied) when calling the GetObject operation");
});

test("the site is public to read", async ({ stack }) => {
  const page = await fetch(stack.outputs.SiteUrl);
  expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html"]);
  expect(await page.text()).toContain("<title>Nebula</title>");
});

test("nobody can change or list the site", async ({ stack, cloud }) => {
  cloud.needs("bucket policies");
  const s3 = anybody(cloud);
  const page = { Bucket: stack.outputs.SiteBucket, Key: "index.html" };
  const denied = { name: "AccessDenied", $metadata: { httpStatusCode: 403 } };
  await expect(s3.getObject(page)).resolves.toMatchObject({ ContentType: "text/html" });
  await expect(s3.putObject({ ...page, Body: "defaced" })).rejects.toMatchObject(denied);
  await expect(s3.deleteObject(page)).rejects.toMatchObject(denied);
  await expect(s3.listObjectsV2({ Bucket: page.Bucket })).rejects.toMatchObject(denied);
});

test("pictures are private", async ({ stack, cloud }) => {
  cloud.needs("bucket policies");
  const s3 = anybody(cloud);
  for (const Bucket of [stack.outputs.UploadsBucket, stack.outputs.ThumbnailsBucket]) {
    const read = s3.getObject({ Bucket, Key: "photos/ada/any" });
    await expect(read).rejects.toMatchObject({ name: "AccessDenied", $metadata: { httpStatusCode: 403 } });
  }
});

test("the access log names the user, the route and the answer", async ({ stack, aws, cloud, ada }) => {
  cloud.needs("access logs");
  await makeAlbum(ada);
  const filterPattern = `{ $.user = "${ada.user}" && $.method = "POST" }`;
  const line = await cloud.settle({
    until: async () => {
      const { events = [] } = await aws.logs.filterLogEvents({
        logGroupName: stack.outputs.AccessLogGroup,
        filterPattern,
      });
      expect(events).toHaveLength(1);
      return events[0]?.message ?? "";
    },
  });
  expect(JSON.parse(line)).toMatchObject({ method: "POST", path: "/albums", status: "201", user: ada.user });
});
