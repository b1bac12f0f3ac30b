// Documents that S3's operations take, by sub-resource; each `$` is a place for a random text.

export const DOCUMENTS: readonly (readonly [subresource: string, document: string])[] = [
  ["tagging", "<Tagging><TagSet><Tag><Key>$</Key><Value>$</Value></Tag></TagSet></Tagging>"],
  ["versioning", "<VersioningConfiguration><Status>$</Status></VersioningConfiguration>"],
  [
    "lifecycle",
    "<LifecycleConfiguration><Rule><ID>$</ID><Filter><Prefix>$</Prefix></Filter><Status>$</Status><Expiration><Days>$</Days></Expiration></Rule></LifecycleConfiguration>",
  ],
  [
    "cors",
    "<CORSConfiguration><CORSRule><AllowedMethod>$</AllowedMethod><AllowedOrigin>$</AllowedOrigin></CORSRule></CORSConfiguration>",
  ],
  [
    "website",
    "<WebsiteConfiguration><IndexDocument><Suffix>$</Suffix></IndexDocument><RoutingRules><RoutingRule><Redirect><HostName>$</HostName></Redirect></RoutingRule></RoutingRules></WebsiteConfiguration>",
  ],
  ["delete", "<Delete><Object><Key>$</Key><VersionId>$</VersionId></Object><Object><Key>$</Key></Object></Delete>"],
  [
    "logging",
    "<BucketLoggingStatus><LoggingEnabled><TargetBucket>fuzz-b</TargetBucket><TargetPrefix>$</TargetPrefix></LoggingEnabled></BucketLoggingStatus>",
  ],
  [
    "inventory&id=a",
    "<InventoryConfiguration><Id>a</Id><IsEnabled>true</IsEnabled><IncludedObjectVersions>All</IncludedObjectVersions><Schedule><Frequency>$</Frequency></Schedule><Destination><S3BucketDestination><Bucket>$</Bucket><Format>CSV</Format></S3BucketDestination></Destination></InventoryConfiguration>",
  ],
  [
    "encryption",
    "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>$</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>",
  ],
  [
    "acl",
    '<AccessControlPolicy><Owner><ID>$</ID></Owner><AccessControlList><Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="Group"><URI>$</URI></Grantee><Permission>$</Permission></Grant></AccessControlList></AccessControlPolicy>',
  ],
  [
    "notification",
    "<NotificationConfiguration><QueueConfiguration><Queue>$</Queue><Event>$</Event></QueueConfiguration></NotificationConfiguration>",
  ],
  ["restore", "<RestoreRequest><Days>$</Days></RestoreRequest>"],
  ["legal-hold", "<LegalHold><Status>$</Status></LegalHold>"],
  ["retention", "<Retention><Mode>$</Mode><RetainUntilDate>$</RetainUntilDate></Retention>"],
  ["abac", "<AbacStatus><Status>$</Status></AbacStatus>"],
  ["ownershipControls", "<OwnershipControls><Rule><ObjectOwnership>$</ObjectOwnership></Rule></OwnershipControls>"],
  [
    "uploadId=1",
    "<CompleteMultipartUpload><Part><PartNumber>$</PartNumber><ETag>$</ETag></Part></CompleteMultipartUpload>",
  ],
];
