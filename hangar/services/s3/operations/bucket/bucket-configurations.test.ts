// Buckets' configurations through the SDK: each is checked, kept, shown and taken back.

import * as sdk from "@aws-sdk/client-s3";
import { S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";
import { failure } from "../../engine/test-failure.ts";

let cloud: RunningCloud;
let s3: S3Client;
const Bucket = "configured-here";

beforeAll(async () => {
  cloud = await startCloud({ listen: false });
  s3 = new S3Client(cloud.clientConfig());
  await s3.send(new sdk.CreateBucketCommand({ Bucket }));
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

describe("a configuration", () => {
  test("of encryption is SSE-S3 unless set", async () => {
    const read = async () =>
      (await s3.send(new sdk.GetBucketEncryptionCommand({ Bucket }))).ServerSideEncryptionConfiguration?.Rules;
    const BlockedEncryptionTypes = { EncryptionType: ["SSE-C" as const] };
    const plain = [
      {
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" },
        BucketKeyEnabled: false,
        BlockedEncryptionTypes,
      },
    ];
    expect(await read()).toEqual(plain);
    const Rules = [
      { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms" as const }, BucketKeyEnabled: true },
    ];
    await s3.send(new sdk.PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } }));
    expect(await read()).toEqual(Rules.map((rule) => ({ ...rule, BlockedEncryptionTypes })));
    await s3.send(new sdk.DeleteBucketEncryptionCommand({ Bucket }));
    expect(await read()).toEqual(plain);
  });

  test("of tags", async () => {
    expect((await failure(s3.send(new sdk.GetBucketTaggingCommand({ Bucket })))).slice(0, 2)).toEqual([
      "NoSuchTagSet",
      404,
    ]);
    await s3.send(new sdk.PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [{ Key: "a", Value: "1" }] } }));
    expect((await s3.send(new sdk.GetBucketTaggingCommand({ Bucket }))).TagSet).toEqual([{ Key: "a", Value: "1" }]);
    const twice = [
      { Key: "a", Value: "1" },
      { Key: "a", Value: "2" },
    ];
    expect(await failure(s3.send(new sdk.PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: twice } })))).toEqual([
      "InvalidTag",
      400,
      "Cannot provide multiple Tags with the same key",
    ]);
    await s3.send(new sdk.DeleteBucketTaggingCommand({ Bucket }));
  });

  test("of versioning is told once it was set, and knows two states", async () => {
    expect((await s3.send(new sdk.GetBucketVersioningCommand({ Bucket }))).Status).toBeUndefined();
    const set = (Status: string) =>
      s3.send(new sdk.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: Status as "Enabled" } }));
    expect((await failure(set("enabled")))[0]).toBe("MalformedXML");
    await set("Suspended");
    expect((await s3.send(new sdk.GetBucketVersioningCommand({ Bucket }))).Status).toBe("Suspended");
  });

  test("of MFA delete can be turned off, and on only by whoever has a device", async () => {
    const set = (MFADelete: string, MFA?: string) =>
      s3.send(
        new sdk.PutBucketVersioningCommand({
          Bucket,
          ...(MFA === undefined ? {} : { MFA }),
          VersioningConfiguration: { Status: "Suspended", MFADelete: MFADelete as "Enabled" },
        }),
      );
    expect(await failure(set("Enabled"))).toEqual([
      "AccessDenied",
      403,
      "Mfa Authentication must be used for this request",
    ]);
    expect((await failure(set("Enabled", "arn:aws:iam::000000000000:mfa/root 123456")))[0]).toBe("NotEmulated");
    expect((await failure(set("Maybe")))[0]).toBe("MalformedXML");
    await set("Disabled");
    expect(await s3.send(new sdk.GetBucketVersioningCommand({ Bucket }))).toMatchObject({
      Status: "Suspended",
      MFADelete: "Disabled",
    });
  });

  test("of public access blocks all at first", async () => {
    const read = async () =>
      (await s3.send(new sdk.GetPublicAccessBlockCommand({ Bucket }))).PublicAccessBlockConfiguration;
    expect(await read()).toEqual({
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    });
    await s3.send(
      new sdk.PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: { BlockPublicAcls: true } }),
    );
    expect(await read()).toEqual({
      BlockPublicAcls: true,
      IgnorePublicAcls: false,
      BlockPublicPolicy: false,
      RestrictPublicBuckets: false,
    });
    await s3.send(new sdk.DeletePublicAccessBlockCommand({ Bucket }));
    expect((await failure(s3.send(new sdk.GetPublicAccessBlockCommand({ Bucket })))).slice(0, 2)).toEqual([
      "NoSuchPublicAccessBlockConfiguration",
      404,
    ]);
  });

  test("of ownership and access control lists", async () => {
    const owned = "owned-bucket";
    await s3.send(new sdk.CreateBucketCommand({ Bucket: owned }));
    expect(await failure(s3.send(new sdk.PutBucketAclCommand({ Bucket: owned, ACL: "public-read" })))).toEqual([
      "AccessControlListNotSupported",
      400,
      "The bucket does not allow ACLs",
    ]);
    await s3.send(
      new sdk.PutBucketOwnershipControlsCommand({
        Bucket: owned,
        OwnershipControls: { Rules: [{ ObjectOwnership: "ObjectWriter" }] },
      }),
    );
    expect(
      (await s3.send(new sdk.GetBucketOwnershipControlsCommand({ Bucket: owned }))).OwnershipControls?.Rules,
    ).toEqual([{ ObjectOwnership: "ObjectWriter" }]);
    expect((await failure(s3.send(new sdk.PutBucketAclCommand({ Bucket: owned, ACL: "public-read" }))))[1]).toBe(403);
    await s3.send(new sdk.DeletePublicAccessBlockCommand({ Bucket: owned }));
    await s3.send(new sdk.PutBucketAclCommand({ Bucket: owned, ACL: "public-read" }));
    const { Grants } = await s3.send(new sdk.GetBucketAclCommand({ Bucket: owned }));
    expect(Grants?.map((grant) => [grant.Grantee?.Type, grant.Permission])).toEqual([
      ["CanonicalUser", "FULL_CONTROL"],
      ["Group", "READ"],
    ]);
    await s3.send(new sdk.PutObjectCommand({ Bucket: owned, Key: "k", Body: "x" }));
    await s3.send(new sdk.PutObjectAclCommand({ Bucket: owned, Key: "k", ACL: "public-read" }));
    expect((await s3.send(new sdk.GetObjectAclCommand({ Bucket: owned, Key: "k" }))).Grants).toHaveLength(2);
    await s3.send(new sdk.DeleteBucketOwnershipControlsCommand({ Bucket: owned }));
    expect((await failure(s3.send(new sdk.GetBucketOwnershipControlsCommand({ Bucket: owned }))))[0]).toBe(
      "OwnershipControlsNotFoundError",
    );
  });

  test("of lifecycle is checked and kept", async () => {
    expect((await failure(s3.send(new sdk.GetBucketLifecycleConfigurationCommand({ Bucket })))).slice(0, 2)).toEqual([
      "NoSuchLifecycleConfiguration",
      404,
    ]);
    const put = (rule: object) =>
      s3.send(
        new sdk.PutBucketLifecycleConfigurationCommand({
          Bucket,
          LifecycleConfiguration: { Rules: [{ Status: "Enabled", ...rule } as sdk.LifecycleRule] },
        }),
      );
    expect((await failure(put({ ID: "no-filter", Expiration: { Days: 1 } })))[0]).toBe("MalformedXML");
    expect(await failure(put({ Filter: { Prefix: "" }, Expiration: { Date: new Date(1_700_000_001_000) } }))).toEqual([
      "InvalidArgument",
      400,
      "'Date' must be at midnight GMT",
    ]);
    const rule = { ID: "one", Status: "Enabled", Filter: { Prefix: "logs/" }, Expiration: { Days: 7 } };
    await put(rule);
    expect(await s3.send(new sdk.GetBucketLifecycleConfigurationCommand({ Bucket }))).toMatchObject({
      Rules: [rule],
      TransitionDefaultMinimumObjectSize: "all_storage_classes_128K",
    });
    const { Expiration } = await s3.send(new sdk.PutObjectCommand({ Bucket, Key: "logs/a", Body: "x" }));
    expect(Expiration).toMatch(/^expiry-date="[A-Z][a-z]{2}, \d\d \w{3} \d{4} 00:00:00 GMT", rule-id="one"$/);
    await s3.send(new sdk.DeleteBucketLifecycleCommand({ Bucket }));
  });

  test("of CORS, a website, logging, payment and acceleration", async () => {
    expect((await failure(s3.send(new sdk.GetBucketCorsCommand({ Bucket }))))[0]).toBe("NoSuchCORSConfiguration");
    const CORSRules = [{ AllowedMethods: ["GET"], AllowedOrigins: ["*"] }];
    await s3.send(new sdk.PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }));
    expect((await s3.send(new sdk.GetBucketCorsCommand({ Bucket }))).CORSRules).toEqual(CORSRules);
    await s3.send(new sdk.DeleteBucketCorsCommand({ Bucket }));
    expect((await failure(s3.send(new sdk.GetBucketWebsiteCommand({ Bucket }))))[0]).toBe("NoSuchWebsiteConfiguration");
    await s3.send(
      new sdk.PutBucketWebsiteCommand({ Bucket, WebsiteConfiguration: { IndexDocument: { Suffix: "index.html" } } }),
    );
    expect((await s3.send(new sdk.GetBucketWebsiteCommand({ Bucket }))).IndexDocument).toEqual({
      Suffix: "index.html",
    });
    await s3.send(new sdk.DeleteBucketWebsiteCommand({ Bucket }));
    await s3.send(
      new sdk.PutBucketLoggingCommand({
        Bucket,
        BucketLoggingStatus: { LoggingEnabled: { TargetBucket: Bucket, TargetPrefix: "log/" } },
      }),
    );
    expect((await s3.send(new sdk.GetBucketLoggingCommand({ Bucket }))).LoggingEnabled).toEqual({
      TargetBucket: Bucket,
      TargetPrefix: "log/",
    });
    await s3.send(
      new sdk.PutBucketRequestPaymentCommand({ Bucket, RequestPaymentConfiguration: { Payer: "Requester" } }),
    );
    expect((await s3.send(new sdk.GetBucketRequestPaymentCommand({ Bucket }))).Payer).toBe("Requester");
    await s3.send(
      new sdk.PutBucketAccelerateConfigurationCommand({ Bucket, AccelerateConfiguration: { Status: "Enabled" } }),
    );
    expect((await s3.send(new sdk.GetBucketAccelerateConfigurationCommand({ Bucket }))).Status).toBe("Enabled");
    expect((await s3.send(new sdk.GetBucketAbacCommand({ Bucket }))).AbacStatus?.Status).toBe("Disabled");
    expect((await failure(s3.send(new sdk.GetBucketReplicationCommand({ Bucket }))))[0]).toBe(
      "ReplicationConfigurationNotFoundError",
    );
    await s3.send(new sdk.DeleteBucketReplicationCommand({ Bucket }));
  });

  test("by id: metrics, analytics, inventory, Intelligent-Tiering", async () => {
    const Id = "one";
    await s3.send(new sdk.PutBucketMetricsConfigurationCommand({ Bucket, Id, MetricsConfiguration: { Id } }));
    expect((await s3.send(new sdk.GetBucketMetricsConfigurationCommand({ Bucket, Id }))).MetricsConfiguration).toEqual({
      Id,
    });
    expect(
      (await s3.send(new sdk.ListBucketMetricsConfigurationsCommand({ Bucket }))).MetricsConfigurationList,
    ).toEqual([{ Id }]);
    await s3.send(new sdk.DeleteBucketMetricsConfigurationCommand({ Bucket, Id }));
    expect(await failure(s3.send(new sdk.GetBucketMetricsConfigurationCommand({ Bucket, Id })))).toEqual([
      "NoSuchConfiguration",
      404,
      "The specified configuration does not exist.",
    ]);
    const AnalyticsConfiguration = { Id, StorageClassAnalysis: {} };
    await s3.send(new sdk.PutBucketAnalyticsConfigurationCommand({ Bucket, Id, AnalyticsConfiguration }));
    expect(
      (await s3.send(new sdk.GetBucketAnalyticsConfigurationCommand({ Bucket, Id }))).AnalyticsConfiguration?.Id,
    ).toBe(Id);
    expect(
      (await s3.send(new sdk.ListBucketAnalyticsConfigurationsCommand({ Bucket }))).AnalyticsConfigurationList,
    ).toHaveLength(1);
    await s3.send(new sdk.DeleteBucketAnalyticsConfigurationCommand({ Bucket, Id }));
    const IntelligentTieringConfiguration = {
      Id,
      Status: "Enabled" as const,
      Tierings: [{ Days: 90, AccessTier: "ARCHIVE_ACCESS" as const }],
    };
    await s3.send(
      new sdk.PutBucketIntelligentTieringConfigurationCommand({ Bucket, Id, IntelligentTieringConfiguration }),
    );
    expect(
      (await s3.send(new sdk.GetBucketIntelligentTieringConfigurationCommand({ Bucket, Id })))
        .IntelligentTieringConfiguration,
    ).toEqual(IntelligentTieringConfiguration);
    expect(
      (await s3.send(new sdk.ListBucketIntelligentTieringConfigurationsCommand({ Bucket })))
        .IntelligentTieringConfigurationList,
    ).toHaveLength(1);
    await s3.send(new sdk.DeleteBucketIntelligentTieringConfigurationCommand({ Bucket, Id }));
    const InventoryConfiguration = {
      Id,
      IsEnabled: true,
      IncludedObjectVersions: "All" as const,
      Schedule: { Frequency: "Daily" as const },
      Destination: { S3BucketDestination: { Bucket: "arn:aws:s3:::reports", Format: "CSV" as const } },
    };
    await s3.send(new sdk.PutBucketInventoryConfigurationCommand({ Bucket, Id, InventoryConfiguration }));
    expect(
      (await s3.send(new sdk.GetBucketInventoryConfigurationCommand({ Bucket, Id }))).InventoryConfiguration,
    ).toEqual(InventoryConfiguration);
    expect(
      (await s3.send(new sdk.ListBucketInventoryConfigurationsCommand({ Bucket }))).InventoryConfigurationList,
    ).toHaveLength(1);
    const mismatched = new sdk.PutBucketInventoryConfigurationCommand({ Bucket, Id: "two", InventoryConfiguration });
    expect((await failure(s3.send(mismatched)))[0]).toBe("IdMismatch");
    await s3.send(new sdk.DeleteBucketInventoryConfigurationCommand({ Bucket, Id }));
  });
});
