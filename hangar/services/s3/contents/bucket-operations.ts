// Operations on buckets, by API name.

import { createBucket } from "../operations/bucket/create-bucket.ts";
import { deleteBucketAnalyticsConfiguration } from "../operations/bucket/delete-bucket-analytics-configuration.ts";
import { deleteBucketCors } from "../operations/bucket/delete-bucket-cors.ts";
import { deleteBucketEncryption } from "../operations/bucket/delete-bucket-encryption.ts";
import { deleteBucketIntelligentTieringConfiguration } from "../operations/bucket/delete-bucket-intelligent-tiering-configuration.ts";
import { deleteBucketInventoryConfiguration } from "../operations/bucket/delete-bucket-inventory-configuration.ts";
import { deleteBucketLifecycle } from "../operations/bucket/delete-bucket-lifecycle.ts";
import { deleteBucketMetricsConfiguration } from "../operations/bucket/delete-bucket-metrics-configuration.ts";
import { deleteBucketOwnershipControls } from "../operations/bucket/delete-bucket-ownership-controls.ts";
import { deleteBucketPolicy } from "../operations/bucket/delete-bucket-policy.ts";
import { deleteBucketReplication } from "../operations/bucket/delete-bucket-replication.ts";
import { deleteBucketTagging } from "../operations/bucket/delete-bucket-tagging.ts";
import { deleteBucketWebsite } from "../operations/bucket/delete-bucket-website.ts";
import { deleteBucket } from "../operations/bucket/delete-bucket.ts";
import { deletePublicAccessBlock } from "../operations/bucket/delete-public-access-block.ts";
import { getBucketAbac } from "../operations/bucket/get-bucket-abac.ts";
import { getBucketAccelerateConfiguration } from "../operations/bucket/get-bucket-accelerate-configuration.ts";
import { getBucketAcl } from "../operations/bucket/get-bucket-acl.ts";
import { getBucketAnalyticsConfiguration } from "../operations/bucket/get-bucket-analytics-configuration.ts";
import { getBucketCors } from "../operations/bucket/get-bucket-cors.ts";
import { getBucketEncryption } from "../operations/bucket/get-bucket-encryption.ts";
import { getBucketIntelligentTieringConfiguration } from "../operations/bucket/get-bucket-intelligent-tiering-configuration.ts";
import { getBucketInventoryConfiguration } from "../operations/bucket/get-bucket-inventory-configuration.ts";
import { getBucketLifecycleConfiguration } from "../operations/bucket/get-bucket-lifecycle-configuration.ts";
import { getBucketLocation } from "../operations/bucket/get-bucket-location.ts";
import { getBucketLogging } from "../operations/bucket/get-bucket-logging.ts";
import { getBucketMetricsConfiguration } from "../operations/bucket/get-bucket-metrics-configuration.ts";
import { getBucketNotificationConfiguration } from "../operations/bucket/get-bucket-notification-configuration.ts";
import { getBucketOwnershipControls } from "../operations/bucket/get-bucket-ownership-controls.ts";
import { getBucketPolicyStatus } from "../operations/bucket/get-bucket-policy-status.ts";
import { getBucketPolicy } from "../operations/bucket/get-bucket-policy.ts";
import { getBucketReplication } from "../operations/bucket/get-bucket-replication.ts";
import { getBucketRequestPayment } from "../operations/bucket/get-bucket-request-payment.ts";
import { getBucketTagging } from "../operations/bucket/get-bucket-tagging.ts";
import { getBucketVersioning } from "../operations/bucket/get-bucket-versioning.ts";
import { getBucketWebsite } from "../operations/bucket/get-bucket-website.ts";
import { getObjectLockConfiguration } from "../operations/bucket/get-object-lock-configuration.ts";
import { getPublicAccessBlock } from "../operations/bucket/get-public-access-block.ts";
import { headBucket } from "../operations/bucket/head-bucket.ts";
import { listBucketAnalyticsConfigurations } from "../operations/bucket/list-bucket-analytics-configurations.ts";
import { listBucketIntelligentTieringConfigurations } from "../operations/bucket/list-bucket-intelligent-tiering-configurations.ts";
import { listBucketInventoryConfigurations } from "../operations/bucket/list-bucket-inventory-configurations.ts";
import { listBucketMetricsConfigurations } from "../operations/bucket/list-bucket-metrics-configurations.ts";
import { listBuckets } from "../operations/bucket/list-buckets.ts";
import { putBucketAbac } from "../operations/bucket/put-bucket-abac.ts";
import { putBucketAccelerateConfiguration } from "../operations/bucket/put-bucket-accelerate-configuration.ts";
import { putBucketAcl } from "../operations/bucket/put-bucket-acl.ts";
import { putBucketAnalyticsConfiguration } from "../operations/bucket/put-bucket-analytics-configuration.ts";
import { putBucketCors } from "../operations/bucket/put-bucket-cors.ts";
import { putBucketEncryption } from "../operations/bucket/put-bucket-encryption.ts";
import { putBucketIntelligentTieringConfiguration } from "../operations/bucket/put-bucket-intelligent-tiering-configuration.ts";
import { putBucketInventoryConfiguration } from "../operations/bucket/put-bucket-inventory-configuration.ts";
import { putBucketLifecycleConfiguration } from "../operations/bucket/put-bucket-lifecycle-configuration.ts";
import { putBucketLogging } from "../operations/bucket/put-bucket-logging.ts";
import { putBucketMetricsConfiguration } from "../operations/bucket/put-bucket-metrics-configuration.ts";
import { putBucketNotificationConfiguration } from "../operations/bucket/put-bucket-notification-configuration.ts";
import { putBucketOwnershipControls } from "../operations/bucket/put-bucket-ownership-controls.ts";
import { putBucketPolicy } from "../operations/bucket/put-bucket-policy.ts";
import { putBucketReplication } from "../operations/bucket/put-bucket-replication.ts";
import { putBucketRequestPayment } from "../operations/bucket/put-bucket-request-payment.ts";
import { putBucketTagging } from "../operations/bucket/put-bucket-tagging.ts";
import { putBucketVersioning } from "../operations/bucket/put-bucket-versioning.ts";
import { putBucketWebsite } from "../operations/bucket/put-bucket-website.ts";
import { putObjectLockConfiguration } from "../operations/bucket/put-object-lock-configuration.ts";
import { putPublicAccessBlock } from "../operations/bucket/put-public-access-block.ts";

export const bucketOperations = {
  CreateBucket: createBucket,
  DeleteBucketAnalyticsConfiguration: deleteBucketAnalyticsConfiguration,
  DeleteBucketCors: deleteBucketCors,
  DeleteBucketEncryption: deleteBucketEncryption,
  DeleteBucketIntelligentTieringConfiguration: deleteBucketIntelligentTieringConfiguration,
  DeleteBucketInventoryConfiguration: deleteBucketInventoryConfiguration,
  DeleteBucketLifecycle: deleteBucketLifecycle,
  DeleteBucketMetricsConfiguration: deleteBucketMetricsConfiguration,
  DeleteBucketOwnershipControls: deleteBucketOwnershipControls,
  DeleteBucketPolicy: deleteBucketPolicy,
  DeleteBucketReplication: deleteBucketReplication,
  DeleteBucketTagging: deleteBucketTagging,
  DeleteBucketWebsite: deleteBucketWebsite,
  DeleteBucket: deleteBucket,
  DeletePublicAccessBlock: deletePublicAccessBlock,
  GetBucketAbac: getBucketAbac,
  GetBucketAccelerateConfiguration: getBucketAccelerateConfiguration,
  GetBucketAcl: getBucketAcl,
  GetBucketAnalyticsConfiguration: getBucketAnalyticsConfiguration,
  GetBucketCors: getBucketCors,
  GetBucketEncryption: getBucketEncryption,
  GetBucketIntelligentTieringConfiguration: getBucketIntelligentTieringConfiguration,
  GetBucketInventoryConfiguration: getBucketInventoryConfiguration,
  GetBucketLifecycleConfiguration: getBucketLifecycleConfiguration,
  GetBucketLocation: getBucketLocation,
  GetBucketLogging: getBucketLogging,
  GetBucketMetricsConfiguration: getBucketMetricsConfiguration,
  GetBucketNotificationConfiguration: getBucketNotificationConfiguration,
  GetBucketOwnershipControls: getBucketOwnershipControls,
  GetBucketPolicyStatus: getBucketPolicyStatus,
  GetBucketPolicy: getBucketPolicy,
  GetBucketReplication: getBucketReplication,
  GetBucketRequestPayment: getBucketRequestPayment,
  GetBucketTagging: getBucketTagging,
  GetBucketVersioning: getBucketVersioning,
  GetBucketWebsite: getBucketWebsite,
  GetObjectLockConfiguration: getObjectLockConfiguration,
  GetPublicAccessBlock: getPublicAccessBlock,
  HeadBucket: headBucket,
  ListBucketAnalyticsConfigurations: listBucketAnalyticsConfigurations,
  ListBucketIntelligentTieringConfigurations: listBucketIntelligentTieringConfigurations,
  ListBucketInventoryConfigurations: listBucketInventoryConfigurations,
  ListBucketMetricsConfigurations: listBucketMetricsConfigurations,
  ListBuckets: listBuckets,
  PutBucketAccelerateConfiguration: putBucketAccelerateConfiguration,
  PutBucketAbac: putBucketAbac,
  PutBucketAcl: putBucketAcl,
  PutBucketAnalyticsConfiguration: putBucketAnalyticsConfiguration,
  PutBucketCors: putBucketCors,
  PutBucketEncryption: putBucketEncryption,
  PutBucketIntelligentTieringConfiguration: putBucketIntelligentTieringConfiguration,
  PutBucketInventoryConfiguration: putBucketInventoryConfiguration,
  PutBucketLifecycleConfiguration: putBucketLifecycleConfiguration,
  PutBucketLogging: putBucketLogging,
  PutBucketMetricsConfiguration: putBucketMetricsConfiguration,
  PutBucketNotificationConfiguration: putBucketNotificationConfiguration,
  PutBucketOwnershipControls: putBucketOwnershipControls,
  PutBucketPolicy: putBucketPolicy,
  PutBucketReplication: putBucketReplication,
  PutBucketRequestPayment: putBucketRequestPayment,
  PutBucketTagging: putBucketTagging,
  PutBucketVersioning: putBucketVersioning,
  PutBucketWebsite: putBucketWebsite,
  PutObjectLockConfiguration: putObjectLockConfiguration,
  PutPublicAccessBlock: putPublicAccessBlock,
};
