// What a template says of a bucket's reports, tiers and access control lists: stored, shown, and gone when it no longer does.

import {
  GetBucketAclCommand,
  ListBucketAnalyticsConfigurationsCommand,
  ListBucketIntelligentTieringConfigurationsCommand,
  ListBucketMetricsConfigurationsCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stacksOf, type Resources, type Stacks } from "../../../cloud/test-stacks.ts";
import { startCloud, type RunningCloud } from "../../../index.ts";

const Bucket = "configured-by-template";
let cloud: RunningCloud;
let at: Stacks;
let s3: S3Client;

beforeAll(async () => {
  cloud = await startCloud();
  at = stacksOf(cloud);
  s3 = new S3Client(cloud.clientConfig());
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const having = (properties: object): Resources => ({
  Configured: { Type: "AWS::S3::Bucket", Properties: { BucketName: Bucket, ...properties } },
});

const tag = (Key: string) => ({ Key, Value: "1" });

async function shown(): Promise<readonly unknown[]> {
  const { AnalyticsConfigurationList } = await s3.send(new ListBucketAnalyticsConfigurationsCommand({ Bucket }));
  const { MetricsConfigurationList } = await s3.send(new ListBucketMetricsConfigurationsCommand({ Bucket }));
  const { IntelligentTieringConfigurationList } = await s3.send(
    new ListBucketIntelligentTieringConfigurationsCommand({ Bucket }),
  );
  return [AnalyticsConfigurationList, MetricsConfigurationList, IntelligentTieringConfigurationList];
}

test("reports and tiers are stored and shown as the API has them, and go with the template's", async () => {
  const destination = { BucketArn: `arn:aws:s3:::${Bucket}`, Format: "CSV", Prefix: "reports" };
  await at.deploy(
    "configured",
    having({
      AnalyticsConfigurations: [
        { Id: "all", StorageClassAnalysis: {} },
        {
          Id: "some",
          Prefix: "logs/",
          TagFilters: [tag("a")],
          StorageClassAnalysis: { DataExport: { OutputSchemaVersion: "V_1", Destination: destination } },
        },
      ],
      MetricsConfigurations: [{ Id: "all" }, { Id: "tagged", TagFilters: [tag("a"), tag("b")] }],
      IntelligentTieringConfigurations: [
        { Id: "old", Status: "Enabled", Prefix: "old/", Tierings: [{ AccessTier: "ARCHIVE_ACCESS", Days: "90" }] },
      ],
    }),
  );
  const { BucketArn, ...more } = destination;
  expect(await shown()).toEqual([
    [
      { Id: "all", StorageClassAnalysis: {} },
      {
        Id: "some",
        Filter: { And: { Prefix: "logs/", Tags: [tag("a")] } },
        StorageClassAnalysis: {
          DataExport: {
            OutputSchemaVersion: "V_1",
            Destination: { S3BucketDestination: { Bucket: BucketArn, ...more } },
          },
        },
      },
    ],
    [{ Id: "all" }, { Id: "tagged", Filter: { And: { Tags: [tag("a"), tag("b")] } } }],
    [
      {
        Id: "old",
        Filter: { Prefix: "old/" },
        Status: "Enabled",
        Tierings: [{ AccessTier: "ARCHIVE_ACCESS", Days: 90 }],
      },
    ],
  ]);
  await at.deploy("configured", having({ MetricsConfigurations: [{ Id: "all" }] }));
  expect(await shown()).toEqual([undefined, [{ Id: "all" }], undefined]);
  await at.destroy("configured");
});

test("more configurations than S3 lists at once are told of, and all go", async () => {
  const Ids = Array.from({ length: 101 }, (_, each) => ({ Id: `each-${each}` }));
  await at.deploy("many", having({ MetricsConfigurations: Ids }));
  await at.deploy("many", having({ MetricsConfigurations: Ids.slice(0, 1) }));
  expect((await shown())[1]).toEqual(Ids.slice(0, 1));
  await at.destroy("many");
});

test.each([
  ["says Private", { AccessControl: "Private" }],
  ["says nothing", {}],
])("a bucket that everybody could read is private when its template %s", async (_how, later) => {
  const owners = { OwnershipControls: { Rules: [{ ObjectOwnership: "ObjectWriter" }] } };
  const open = { BlockPublicAcls: false, IgnorePublicAcls: false };
  const listed = { ...owners, PublicAccessBlockConfiguration: open };
  await at.deploy("listed", having({ ...listed, AccessControl: "PublicRead" }));
  const grants = async (): Promise<unknown> => (await s3.send(new GetBucketAclCommand({ Bucket }))).Grants;
  expect(await grants()).toHaveLength(2);
  await at.deploy("listed", having({ ...listed, ...later }));
  expect(await grants()).toHaveLength(1);
  await at.destroy("listed");
});

test("a bucket without access control lists may be said to be private", async () => {
  await at.deploy("private", having({ AccessControl: "Private" }));
  await at.destroy("private");
});
