// The words of bucket policies: S3's actions, what each is done to, and the condition keys that go with it.

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html */
const OBJECT_ACTIONS = words(`AbortMultipartUpload BypassGovernanceRetention DeleteObject DeleteObjectAnnotation
  DeleteObjectTagging DeleteObjectVersion DeleteObjectVersionAnnotation DeleteObjectVersionTagging GetObject
  GetObjectAcl GetObjectAnnotation GetObjectAttributes GetObjectLegalHold GetObjectRetention GetObjectTagging
  GetObjectTorrent GetObjectVersion GetObjectVersionAcl GetObjectVersionAnnotation
  GetObjectVersionAnnotationForReplication GetObjectVersionAttributes GetObjectVersionForReplication
  GetObjectVersionTagging GetObjectVersionTorrent InitiateReplication ListMultipartUploadParts ListObjectAnnotations
  ListObjectVersionAnnotations ObjectOwnerOverrideToBucketOwner PutObject PutObjectAcl PutObjectAnnotation
  PutObjectLegalHold PutObjectRetention PutObjectTagging PutObjectVersionAcl PutObjectVersionAnnotation
  PutObjectVersionTagging ReplicateDelete ReplicateObject ReplicateObjectAnnotation ReplicateTags RestoreObject
  UpdateObjectEncryption`);

const BUCKET_ACTIONS = words(`AllowVendedLogDeliveryForResource CreateBucket CreateBucketMetadataTableConfiguration
  DeleteBucket DeleteBucketMetadataTableConfiguration DeleteBucketPolicy DeleteBucketWebsite
  GetAccelerateConfiguration GetAnalyticsConfiguration GetBucketAbac GetBucketAcl GetBucketCORS GetBucketLocation
  GetBucketLogging GetBucketMetadataTableConfiguration GetBucketNotification GetBucketObjectLockConfiguration
  GetBucketOwnershipControls GetBucketPolicy GetBucketPolicyStatus GetBucketPublicAccessBlock
  GetBucketRequestPayment GetBucketTagging GetBucketVersioning GetBucketWebsite GetEncryptionConfiguration
  GetIntelligentTieringConfiguration GetInventoryConfiguration GetLifecycleConfiguration GetMetricsConfiguration
  GetReplicationConfiguration ListBucket ListBucketMultipartUploads ListBucketVersions ListTagsForResource
  PauseReplication PutAccelerateConfiguration PutAnalyticsConfiguration PutBucketAbac PutBucketAcl PutBucketCORS
  PutBucketLogging PutBucketNotification PutBucketObjectLockConfiguration PutBucketOwnershipControls PutBucketPolicy
  PutBucketPublicAccessBlock PutBucketRequestPayment PutBucketTagging PutBucketVersioning PutBucketWebsite
  PutEncryptionConfiguration PutIntelligentTieringConfiguration PutInventoryConfiguration PutLifecycleConfiguration
  PutMetricsConfiguration PutReplicationConfiguration TagResource UntagResource
  UpdateBucketMetadataAnnotationTableConfiguration UpdateBucketMetadataInventoryTableConfiguration
  UpdateBucketMetadataJournalTableConfiguration`);

export type Level = "bucket" | "object";

/** S3's actions on buckets and objects, in lower case. */
export const LEVELS: ReadonlyMap<string, Level> = new Map([
  ...OBJECT_ACTIONS.map((action) => [action, "object"] as const),
  ...BUCKET_ACTIONS.map((action) => [action, "bucket"] as const),
]);

/** Actions on nothing that a bucket's policy could name: jobs, access points, grants, lenses. */
const ELSEWHERE =
  /^(associate|create|delete|describe|dissociate|get|list|put|submit|update)\w*(accessgrant|accesspoint|accountpublicaccessblock|allmybuckets|dataaccess|job|storagelens)/;

const WRITES = words("PutObject BypassGovernanceRetention");
const LISTS = words("CreateBucket PutBucketAcl PutObject PutObjectAcl PutObjectVersionAcl BypassGovernanceRetention");
const SEALS = [...WRITES, ...words("ReplicateObject UpdateObjectEncryption")];
const LOCKS = words("PutObject PutObjectRetention");
const HOLDS = [...LOCKS, "replicateobject"];
const TAGGED = OBJECT_ACTIONS.filter((action) =>
  /^(?!replicate).*annotations?$|^(get|put|delete)object(version)?(tagging|acl)$|^getobject(version)?(attributes)?$|^updateobject/.test(
    action,
  ),
);

/** Keys that go with some actions only; those of families end in `/`. All of it in lower case. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  "s3:delimiter": words("ListBucket ListBucketVersions"),
  "s3:max-keys": words("ListBucket ListBucketVersions"),
  "s3:prefix": words("ListBucket ListBucketVersions"),
  "s3:annotation-prefix": words("ListObjectAnnotations ListObjectVersionAnnotations"),
  "s3:max-annotation-results": words("ListObjectAnnotations ListObjectVersionAnnotations"),
  "s3:deliverysourcearn": words("AllowVendedLogDeliveryForResource"),
  "s3:logtype": words("AllowVendedLogDeliveryForResource"),
  "s3:resourcearnbeingauthorized": words("AllowVendedLogDeliveryForResource"),
  "s3:destinationregion": words("PauseReplication"),
  "s3:isreplicationpauserequest": words("PutReplicationConfiguration"),
  "s3:existingobjecttag/": TAGGED,
  "s3:requestobjecttag/": [...WRITES, ...words("PutObjectTagging PutObjectVersionTagging")],
  "s3:requestobjecttagkeys": [...WRITES, ...words("PutObjectTagging PutObjectVersionTagging")],
  "s3:if-match": words("PutObject DeleteObject"),
  "s3:if-none-match": words("PutObject"),
  "s3:objectcreationoperation": words("PutObject"),
  "s3:inventoryaccessibleoptionalfields": words("PutInventoryConfiguration"),
  "s3:locationconstraint": words("CreateBucket"),
  "s3:x-amz-bucket-namespace": words("CreateBucket"),
  "s3:x-amz-object-ownership": words("CreateBucket"),
  "s3:object-lock-event-hold": HOLDS,
  "s3:object-lock-event-hold-duration-days": HOLDS,
  "s3:object-lock-legal-hold": words("PutObject PutObjectLegalHold"),
  "s3:object-lock-mode": LOCKS,
  "s3:object-lock-remaining-retention-days": LOCKS,
  "s3:object-lock-retain-until-date": LOCKS,
  "s3:versionid": OBJECT_ACTIONS.filter((action) => /objectversion(?!.*replication)/.test(action)),
  "s3:x-amz-acl": LISTS,
  "s3:x-amz-grant-full-control": LISTS,
  "s3:x-amz-grant-read": LISTS,
  "s3:x-amz-grant-read-acp": LISTS,
  "s3:x-amz-grant-write": LISTS,
  "s3:x-amz-grant-write-acp": LISTS,
  "s3:x-amz-copy-source": WRITES,
  "s3:x-amz-metadata-directive": WRITES,
  "s3:x-amz-object-annotation-directive": words("PutObject"),
  "s3:x-amz-object-if-match": OBJECT_ACTIONS.filter((action) => /^(put|delete)\w+annotation$/.test(action)),
  "s3:x-amz-server-side-encryption": SEALS,
  "s3:x-amz-server-side-encryption-aws-kms-key-id": SEALS,
  "s3:x-amz-server-side-encryption-customer-algorithm": [...WRITES, "replicateobject"],
  "s3:x-amz-storage-class": [...WRITES, ...words("PutObjectAcl PutObjectVersionAcl")],
  "s3:x-amz-website-redirect-location": WRITES,
};

/** Keys that go with every action. */
const EVERYWHERE = new Set(
  words(`s3:AccessGrantsInstanceArn s3:AccessPointNetworkOrigin s3:authType s3:DataAccessPointAccount
  s3:DataAccessPointArn s3:ResourceAccount s3:signatureAge s3:signatureversion s3:TlsVersion s3:x-amz-content-sha256
  s3:AccessPointTag/ s3:BucketTag/`),
);

function words(text: string): readonly string[] {
  return text.toLowerCase().split(/\s+/);
}

export function isAction(name: string): boolean {
  return LEVELS.has(name) || ELSEWHERE.test(name);
}

function familyOf(key: string): string {
  const at = key.indexOf("/");
  return (at === -1 ? key : key.slice(0, at + 1)).toLowerCase();
}

export function isConditionKey(key: string): boolean {
  const family = familyOf(key);
  return Object.hasOwn(KEYS, family) || EVERYWHERE.has(family);
}

/** Whether requests for an action can have a key. Both in any case, the action without its prefix. */
export function goesWith(key: string, action: string): boolean {
  const family = familyOf(key);
  return EVERYWHERE.has(family) || KEYS[family]?.includes(action.toLowerCase()) === true;
}
