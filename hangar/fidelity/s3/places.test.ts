// Buckets: where they are, their policies, reports and lists, as they were recorded from AWS (see ../NOTICE).

import { BUCKET, recorded, type Answer, type Driver, type Session } from "./session.ts";

const at = (LocationConstraint: string): object => ({ CreateBucketConfiguration: { LocationConstraint } });
const constrained =
  (label: string, region: string, constraint: string): Driver =>
  async (s) => {
    await s.is(label, "CreateBucket", { Bucket: "constrained", ...at(constraint) }, { region });
  };
const WRONG = ["0000", "0000000000020", "abcd", "aa000000000$"];
const Policy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { AWS: "*" }, Action: "s3:GetObject", Resource: `arn:aws:s3:::${BUCKET}/*` },
  ],
});
async function opened(s: Session): Promise<void> {
  await s.do("DeletePublicAccessBlock");
}
const mine = { ExpectedBucketOwner: "000000000000" };
const theirs = { ExpectedBucketOwner: "000000000002" };
const INVALID = "TestS3::test_create_bucket_with_invalid_location_constraint";
const LISTS = "TestS3ListBuckets::test_list_buckets";

recorded(import.meta.url, "general", {
  async "TestS3::test_create_bucket_with_existing_name"(s) {
    const Bucket = "bucket-1";
    await s.do("CreateBucket", { Bucket, ...at("us-west-1") });
    await s.is("create-bucket-us-west-1", "CreateBucket", { Bucket, ...at("us-west-1") });
    await s.is("create-bucket-us-east-2", "CreateBucket", { Bucket, ...at("us-east-2") });
  },
  "TestS3::test_create_bucket_with_eu_location_constraint_raises": constrained(
    "eu-location-constraint-error",
    "us-west-1",
    "EU",
  ),
  "TestS3::test_bucket_constraint_aws_global[us-east-1]": constrained(
    "aws-global-constraint",
    "us-east-1",
    "aws-global",
  ),
  "TestS3::test_bucket_constraint_aws_global[us-west-1]": constrained(
    "aws-global-constraint",
    "us-west-1",
    "aws-global",
  ),
  [`${INVALID}[us-east-1-us-east-1]`]: constrained(
    "us-east-1-location-constraint-us-east-1-error",
    "us-east-1",
    "us-east-1",
  ),
  [`${INVALID}[us-east-1-foo]`]: constrained("us-east-1-location-constraint-foo-error", "us-east-1", "foo"),
  [`${INVALID}[eu-west-1-bar]`]: constrained("eu-west-1-location-constraint-bar-error", "eu-west-1", "bar"),
  async "TestS3::test_s3_uppercase_bucket_name"(s) {
    await s.is("uppercase-bucket", "CreateBucket", { Bucket: "TESTUPPERCASE-1" });
  },
  async "TestS3::test_bucket_does_not_exist"(s) {
    const nowhere = { Bucket: "bucket-does-not-exist-1" };
    await s.is("list_object", "ListObjects", nowhere);
    await s.is("list_object_vhost", "ListObjects", nowhere, { virtual: true });
  },
  async "TestS3::test_get_bucket_policy"(s) {
    await opened(s);
    await s.is("get-bucket-policy-no-such-bucket-policy", "GetBucketPolicy");
    await s.do("PutBucketPolicy", { Policy });
    await s.is("get-bucket-policy", "GetBucketPolicy");
    await s.is("get-bucket-policy-with-expected-bucket-owner", "GetBucketPolicy", mine);
    await s.is("get-bucket-policy-with-expected-bucket-owner-error", "GetBucketPolicy", theirs);
  },
  async "TestS3::test_put_bucket_policy"(s) {
    await opened(s);
    await s.is("put-bucket-policy", "PutBucketPolicy", { Policy });
    await s.is("get-bucket-policy", "GetBucketPolicy");
  },
  async "TestS3::test_put_bucket_policy_expected_bucket_owner"(s) {
    await opened(s);
    const label = "put-bucket-policy-with-expected-bucket-owner";
    await s.is(`${label}-error`, "PutBucketPolicy", { Policy, ...theirs });
    await s.is(label, "PutBucketPolicy", { Policy, ...mine });
  },
  async "TestS3::test_delete_bucket_policy"(s) {
    await opened(s);
    await s.do("PutBucketPolicy", { Policy });
    await s.is("delete-bucket-policy", "DeleteBucketPolicy");
    await s.is("get-bucket-policy-no-such-bucket-policy", "GetBucketPolicy");
  },
  async "TestS3::test_delete_bucket_policy_expected_bucket_owner"(s) {
    await opened(s);
    await s.do("PutBucketPolicy", { Policy });
    await s.is("delete-bucket-policy-with-expected-bucket-owner-error", "DeleteBucketPolicy", theirs);
    const invalid = { ExpectedBucketOwner: "invalid" };
    await s.is("delete-bucket-policy-invalid-bucket-owner", "DeleteBucketPolicy", invalid);
    await s.is("delete-bucket-policy-with-expected-bucket-owner", "DeleteBucketPolicy", mine);
  },
  ...Object.fromEntries(
    WRONG.flatMap((ExpectedBucketOwner) =>
      (["get", "put"] as const).map((verb): [string, Driver] => [
        `TestS3::test_${verb}_bucket_policy_invalid_account_id[${ExpectedBucketOwner}]`,
        async (s) => {
          const operation = verb === "get" ? "GetBucketPolicy" : "PutBucketPolicy";
          const input = verb === "get" ? {} : { Policy };
          await s.is(`${verb}-bucket-policy-invalid-bucket-owner`, operation, { ...input, ExpectedBucketOwner });
        },
      ]),
    ),
  ),
  async "TestS3BucketLogging::test_put_bucket_logging"(s) {
    const Bucket = "target";
    await s.do("CreateBucket", { Bucket });
    await s.is("get-bucket-logging-default", "GetBucketLogging");
    await s.is("get-bucket-default-acl", "GetBucketAcl", { Bucket });
    const LoggingEnabled = { TargetBucket: Bucket, TargetPrefix: "log" };
    await s.is("put-bucket-logging", "PutBucketLogging", { BucketLoggingStatus: { LoggingEnabled } });
    await s.is("get-bucket-logging", "GetBucketLogging");
    await s.is("put-bucket-logging-delete", "PutBucketLogging", { BucketLoggingStatus: {} });
  },
  async "TestS3BucketLogging::test_put_bucket_logging_wrong_target"(s) {
    await s.do("CreateBucket", { Bucket: "bucket-west", ...at("us-west-2") });
    const put = (label: string, TargetBucket: string): Promise<Answer> =>
      s.is(label, "PutBucketLogging", {
        BucketLoggingStatus: { LoggingEnabled: { TargetBucket, TargetPrefix: "log" } },
      });
    await put("put-bucket-logging-different-regions", "bucket-west");
    await put("put-bucket-logging-non-existent-bucket", "target-bucket-1");
  },
  async "TestS3BucketLogging::test_put_bucket_logging_cross_locations"(s) {
    for (const [Bucket, region] of [
      ["bucket-east", "us-east-2"],
      ["bucket-west", "us-west-2"],
    ] as const)
      await s.do("CreateBucket", { Bucket, ...at(region) });
    const BucketLoggingStatus = { LoggingEnabled: { TargetBucket: "bucket-west", TargetPrefix: "log" } };
    await s.is("put-bucket-logging-cross-us-east-1", "PutBucketLogging", { BucketLoggingStatus });
    const east = { Bucket: "bucket-east", BucketLoggingStatus };
    await s.is("put-bucket-logging-different-regions", "PutBucketLogging", east, { region: "us-east-2" });
  },
  async "TestS3::test_create_bucket_with_eu_location_constraint"(s) {
    const Bucket = "european";
    const as = { region: "eu-west-1" };
    await s.do("CreateBucket", { Bucket, ...at("EU") }, as);
    await s.is("get-bucket-location", "GetBucketLocation", { Bucket }, as);
    await s.is("list-bucket-response", "ListBuckets", { Prefix: Bucket }, as);
  },
  async "TestS3::test_s3_inventory_report_crud"(s) {
    await s.do("CreateBucket", { Bucket: "reports" });
    const Id = "test-inventory";
    const put = { Id, InventoryConfiguration: { ...inventory(Id), OptionalFields: ["Size", "ETag"] } };
    await s.is("put-inventory-config", "PutBucketInventoryConfiguration", put);
    await s.is("list-inventory-config", "ListBucketInventoryConfigurations");
    await s.is("get-inventory-config", "GetBucketInventoryConfiguration", { Id });
    await s.is("del-inventory-config", "DeleteBucketInventoryConfiguration", { Id });
    await s.is("list-inventory-config-after-del", "ListBucketInventoryConfigurations");
    await s.is("get-nonexistent-inv-config", "GetBucketInventoryConfiguration", { Id });
  },
  async "TestS3::test_s3_put_inventory_report_exceptions"(s) {
    await s.do("CreateBucket", { Bucket: "reports" });
    const Id = "test-inventory";
    const refused = (label: string, different: object): Promise<Answer> =>
      s.is(label, "PutBucketInventoryConfiguration", {
        Id,
        InventoryConfiguration: { ...inventory(Id), ...different },
      });
    const destination = (different: object): object => ({
      Destination: { S3BucketDestination: { Bucket: "arn:aws:s3:::reports", Format: "CSV", ...different } },
    });
    await refused("wrong-id", { Id: "wrong-id" });
    await refused("wrong-destination-arn", destination({ Bucket: "reports" }));
    await refused("wrong-destination-format", destination({ Format: "WRONG-FORMAT" }));
    await refused("wrong-schedule-frequency", { Schedule: { Frequency: "Hourly" } });
    await refused("wrong-object-versions", { IncludedObjectVersions: "Wrong" });
    await refused("wrong-optional-field", { OptionalFields: ["Size", "WrongField"] });
  },
  async "TestS3::test_put_bucket_inventory_config_order"(s) {
    await s.do("CreateBucket", { Bucket: "reports" });
    for (const Id of ["test-1", "z-test", "a-test"]) {
      await s.do("PutBucketInventoryConfiguration", { Id, InventoryConfiguration: inventory(Id) });
    }
    await s.is("list-inventory-config", "ListBucketInventoryConfigurations");
    await s.is("del-inventory-config", "DeleteBucketInventoryConfiguration", { Id: "z-test" });
    await s.is("list-inventory-config-after-del", "ListBucketInventoryConfigurations");
  },
  async "TestS3::test_s3_analytics_configurations"(s) {
    await s.do("CreateBucket", { Bucket: "reports" });
    const config = (Id: string, Prefix: string): object => {
      const S3BucketDestination = { Format: "CSV", Bucket: "arn:aws:s3:::reports", Prefix: "test" };
      const DataExport = { OutputSchemaVersion: "V_1", Destination: { S3BucketDestination } };
      return { AnalyticsConfiguration: { Id, Filter: { Prefix }, StorageClassAnalysis: { DataExport } } };
    };
    const [put, get] = ["PutBucketAnalyticsConfiguration", "GetBucketAnalyticsConfiguration"] as const;
    const list = "ListBucketAnalyticsConfigurations";
    const Id = "config_with_storage_analysis_1";
    const two = { Id: "config_with_storage_analysis_2" };
    await s.is("put_config_with_storage_analysis_err", put, { Id: "different-id", ...config(Id, "test_ls") });
    await s.is("get_config_with_storage_analysis_err", get, { Id: "non-existing" });
    await s.is("delete_config_with_storage_analysis_err", "DeleteBucketAnalyticsConfiguration", { Id });
    await s.is("put_config_with_storage_analysis_1", put, { Id, ...config(Id, "test_ls") });
    await s.is("get_config_with_storage_analysis_1", get, { Id });
    await s.do(put, { Id, ...config(Id, "test_ls_2") });
    await s.is("get_config_with_storage_analysis_2", get, { Id });
    await s.do(put, { ...two, ...config(two.Id, "test_ls_3") });
    await s.is("get_config_with_storage_analysis_3", get, two);
    await s.is("list_config_with_storage_analysis_1", list);
    await s.do("DeleteBucketAnalyticsConfiguration", two);
    await s.is("list_config_with_storage_analysis_2", list);
  },
  async "TestS3::test_s3_intelligent_tier_config"(s) {
    const config = (Id: string, Prefix: string): object => ({
      IntelligentTieringConfiguration: {
        Id,
        Filter: { Prefix },
        Status: "Enabled",
        Tierings: [{ Days: 90, AccessTier: "ARCHIVE_ACCESS" }],
      },
    });
    const name = "bucket_intelligent_tiering_configuration";
    const [put, list] = [
      "PutBucketIntelligentTieringConfiguration",
      "ListBucketIntelligentTieringConfigurations",
    ] as const;
    const one = { Id: "test1" };
    const remove = "DeleteBucketIntelligentTieringConfiguration";
    await s.is(`put_${name}_err_1\``, put, { Id: "incorrect_id", ...config("test1", "test1") });
    await s.is(`put_${name}_1`, put, { ...one, ...config("test1", "test1") });
    await s.is(`get_${name}_1`, "GetBucketIntelligentTieringConfiguration", one);
    await s.do(put, { Id: "test2", ...config("test2", "test2") });
    await s.is(`list_${name}s_1`, list);
    await s.do(put, { ...one, ...config("test1", "testupdate") });
    await s.is(`list_${name}s_2`, list);
    await s.is(`delete_${name}_err_1`, remove, { Bucket: "non-existing-bucket", ...one });
    await s.is(`delete_${name}_err_2`, remove, { Id: "non-existing-id" });
    await s.do(remove, one);
    await s.is(`list_${name}s_3`, list);
  },
  async "TestS3StaticWebsiteHosting::test_crud_website_configuration"(s) {
    await s.is("get-no-such-website-config", "GetBucketWebsite");
    await s.is("del-no-such-website-config", "DeleteBucketWebsite");
    const WebsiteConfiguration = { IndexDocument: { Suffix: "index.html" } };
    await s.is("put-website-config", "PutBucketWebsite", { WebsiteConfiguration });
    await s.is("get-website-config", "GetBucketWebsite");
  },
  async "TestS3StaticWebsiteHosting::test_validate_website_configuration"(s) {
    const IndexDocument = { Suffix: "index.html" };
    const Redirect = { Protocol: "https", HostName: "example.com" };
    const refused = [
      { IndexDocument: { Suffix: "/index.html" } },
      { IndexDocument: { Suffix: "" } },
      { IndexDocument, RedirectAllRequestsTo: { HostName: "example.com" } },
      { ErrorDocument: { Key: "error.html" } },
      { IndexDocument, RoutingRules: [{ Redirect: { ...Redirect, Protocol: "protocol" } }] },
      { IndexDocument, RoutingRules: [{ Redirect: { ReplaceKeyPrefixWith: "one", ReplaceKeyWith: "two" } }] },
      { IndexDocument, RoutingRules: [{ Condition: {}, Redirect }] },
      { IndexDocument, RoutingRules: [] },
    ];
    for (const [number, WebsiteConfiguration] of refused.entries()) {
      await s.is(`invalid-website-conf-${number}`, "PutBucketWebsite", { WebsiteConfiguration });
    }
  },
});

function inventory(Id: string): object {
  return {
    Id,
    Destination: { S3BucketDestination: { Bucket: "arn:aws:s3:::reports", Format: "CSV" } },
    IsEnabled: true,
    IncludedObjectVersions: "All",
    Schedule: { Frequency: "Daily" },
  };
}

recorded(import.meta.url, "list-operations", {
  async [`${LISTS}_with_max_buckets`](s) {
    await s.do("CreateBucket", { Bucket: "zzz" });
    await s.is("list-objects-with-max-buckets", "ListBuckets", { MaxBuckets: 1 });
  },
  async [`${LISTS}_with_continuation_token`](s) {
    for (const Bucket of ["xxx", "yyy"]) await s.do("CreateBucket", { Bucket });
    const first = await s.do("ListBuckets", { MaxBuckets: 1 });
    const next = { MaxBuckets: 1, ContinuationToken: first["ContinuationToken"] };
    await s.is("list-objects-with-continuation", "ListBuckets", next);
  },
  async [`${LISTS}_when_continuation_token_is_empty`](s) {
    await s.do("CreateBucket", { Bucket: "zzz" });
    const input = { MaxBuckets: 1, ContinuationToken: "" };
    await s.is("list-objects-with-empty-continuation-token", "ListBuckets", input);
  },
  async [`${LISTS}_by_prefix_with_case_sensitivity`](s) {
    await s.is("list-objects-by-prefix-empty", "ListBuckets", { Prefix: BUCKET.toUpperCase() });
    await s.is("list-objects-by-prefix-not-empty", "ListBuckets", { Prefix: BUCKET });
  },
  async [`${LISTS}_by_bucket_region`](s) {
    await s.is("list-objects-by-bucket-region-empty", "ListBuckets", { BucketRegion: "eu-west-1", Prefix: BUCKET });
    const here = { BucketRegion: "us-east-1", Prefix: BUCKET };
    await s.is("list-objects-by-bucket-region-not-empty", "ListBuckets", here);
  },
  async [`${LISTS}_region_validation`](s) {
    await s.is("bad-region", "ListBuckets", { BucketRegion: "eu-east-1" });
  },
});
