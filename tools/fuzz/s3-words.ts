// What random S3 requests are made of: names that S3 knows, and values that hurt.

export const BUCKETS = [
  "fuzz-a",
  "fuzz-b",
  "fuzz-a",
  "fuzz-b",
  "fuzz-a",
  "fuzz-b",
  "missing-bucket",
  "UPPER",
  "..",
  "%2e%2e",
  "a",
] as const;

export const KEYS = [
  "a",
  "b/c",
  "../../../etc/passwd",
  "..%2f..%2fetc%2fpasswd",
  "%2e%2e/%2e%2e/x",
  "a/../../b",
  "a\\..\\..\\b",
  "a%00b",
  "%00",
  "%ff%fe",
  "%E0%A4%A",
  "%",
  "//",
  "./.",
  "a%0d%0aset-cookie:%20x=1",
  "%F0%9F%92%A9",
  "k".repeat(1024),
  "k".repeat(1025),
  "%C3%BC".repeat(512),
  "<&>\"'",
  "__proto__",
  "constructor",
] as const;

export const SUBRESOURCES: readonly string[] = `
  acl cors policy policyStatus versioning versions uploads tagging lifecycle logging website
  notification replication encryption inventory metrics analytics intelligent-tiering object-lock
  ownershipControls publicAccessBlock requestPayment accelerate location delete restore torrent
  attributes legal-hold retention select session abac renameObject nothing
`
  .trim()
  .split(/\s+/);

export const PARAMETERS: readonly string[] = `
  prefix delimiter marker max-keys continuation-token start-after encoding-type versionId key-marker
  version-id-marker uploadId partNumber part-number-marker list-type fetch-owner id
  response-content-type response-expires response-cache-control response-content-disposition
  response-content-encoding response-content-language x-id upload-id-marker max-uploads max-parts max-buckets
  X-Amz-Algorithm X-Amz-Expires X-Amz-Date AWSAccessKeyId Expires Signature
`
  .trim()
  .split(/\s+/);

export const HEADERS: readonly string[] = `
  range if-match if-none-match if-modified-since if-unmodified-since content-md5 content-type
  content-encoding expect origin x-amz-acl x-amz-grant-read x-amz-copy-source x-amz-copy-source-range
  x-amz-copy-source-if-match x-amz-metadata-directive x-amz-tagging x-amz-tagging-directive
  x-amz-storage-class x-amz-server-side-encryption x-amz-server-side-encryption-customer-algorithm
  x-amz-server-side-encryption-customer-key x-amz-server-side-encryption-customer-key-md5
  x-amz-server-side-encryption-context x-amz-meta-a x-amz-meta-b content-disposition cache-control
  content-language expires x-amz-checksum-crc32 x-amz-checksum-sha256
  x-amz-checksum-algorithm x-amz-sdk-checksum-algorithm x-amz-trailer x-amz-decoded-content-length
  x-amz-content-sha256 x-amz-object-lock-mode x-amz-object-lock-retain-until-date
  x-amz-object-lock-legal-hold x-amz-website-redirect-location x-amz-expected-bucket-owner
  x-amz-request-payer x-amz-object-attributes x-amz-max-parts x-amz-mfa
  x-amz-bypass-governance-retention x-amz-write-offset-bytes x-amz-object-ownership
  x-amz-rename-source x-amz-bucket-object-lock-enabled x-amz-optional-object-attributes content-length
  access-control-request-method
`
  .trim()
  .split(/\s+/);

export const VALUES = [
  "",
  "0",
  "1",
  "-1",
  "2",
  "1000",
  "10001",
  "1e9",
  "NaN",
  "true",
  "false",
  "null",
  "*",
  "url",
  "/",
  "a",
  "b/c",
  "gzip",
  "bytes=0-1",
  "bytes=-5",
  "bytes=5-1",
  "bytes=0-",
  "bytes=a-b",
  "bytes=0-1,2-3",
  "bytes=99999999999999999999-",
  "AES256",
  "aws:kms",
  "aws:kms:dsse",
  "CRC32",
  "SHA256",
  "CRC64NVME",
  "STANDARD",
  "GLACIER",
  "COPY",
  "REPLACE",
  "private",
  "public-read",
  "requester",
  "000000000000",
  "fuzz-a/a",
  "/fuzz-b/b%2Fc?versionId=null",
  "fuzz-a/%ff",
  'id="x"',
  "a=b&c=d",
  "a=%zz",
  "Thu, 01 Jan 1970 00:00:00 GMT",
  "2030-01-01T00:00:00Z",
  "not a date",
  "20260101T000000Z",
  "AAAA",
  "1B2M2Y8AsgTpgAmY7PhCfg==",
  "x".repeat(3000),
  "\u0000",
  "%0d%0a",
  "a\r\nset-cookie: x=1",
  "\u00ff\u00fe",
  "ON",
  "GOVERNANCE",
  "aws-chunked",
  "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
  "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
  "UNSIGNED-PAYLOAD",
  "x-amz-checksum-crc32",
  "text/html",
  "application/xml",
  "multipart/form-data; boundary=b",
  "http://x/",
  "ETag,Size",
] as const;

export const ROOTS: readonly string[] = `
  Tagging VersioningConfiguration LifecycleConfiguration CORSConfiguration WebsiteConfiguration Delete
  CompleteMultipartUpload AccessControlPolicy NotificationConfiguration ReplicationConfiguration
  BucketLoggingStatus InventoryConfiguration ObjectLockConfiguration Retention LegalHold
  RestoreRequest CreateBucketConfiguration ServerSideEncryptionConfiguration
  PublicAccessBlockConfiguration AbacStatus ObjectEncryption RequestPaymentConfiguration
  AccelerateConfiguration OwnershipControls
`
  .trim()
  .split(/\s+/);

export const ELEMENTS: readonly string[] = `
  TagSet Tag Key Value Rule ID Status Filter Prefix And Expiration Days Date Transition StorageClass
  NoncurrentVersionExpiration NoncurrentDays Object VersionId Quiet Part PartNumber ETag CORSRule
  AllowedMethod AllowedOrigin IndexDocument Suffix RoutingRules RoutingRule Redirect Condition
  LoggingEnabled TargetBucket TargetPrefix Mode RetainUntilDate Grant Grantee Permission
  AccessControlList Owner QueueConfiguration Queue Event Id Destination S3BucketDestination Bucket
  Format Schedule Frequency Role Priority ApplyServerSideEncryptionByDefault SSEAlgorithm
  LocationConstraint BlockPublicAcls ObjectOwnership
`
  .trim()
  .split(/\s+/);

export const TEXTS = [
  "",
  "Enabled",
  "Suspended",
  "Disabled",
  "1",
  "-1",
  "0",
  "999999999999999999999",
  "1.5",
  "true",
  "a",
  "b/c",
  "GET",
  "*",
  "index.html",
  "fuzz-a",
  "fuzz-b",
  "arn:aws:s3:::fuzz-b",
  "2030-01-01T00:00:00Z",
  "yesterday",
  "GLACIER",
  "GOVERNANCE",
  "AES256",
  "&lt;&amp;",
  "&unknown;",
  "&#0;",
  "&#x10FFFF;",
  "]]>",
  "<![CDATA[x]]>",
  "\u0000",
  "Daily",
  "CSV",
  "READ",
  "arn:aws:sqs:us-east-1:000000000000:missing",
  "s3:ObjectCreated:*",
  "x".repeat(2000),
  "\ud800",
] as const;
