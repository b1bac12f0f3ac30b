// Access points as S3 Control names and describes them.

import type { AccessPoint as Described } from "../../../models/s3control.d.ts";
import type { AccessPoint } from "../../../ports/storage.ts";
import { invalidUri } from "../errors.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-restrictions-limitations-naming-rules.html */
export function checkName(name: string): void {
  const isTaken = name.startsWith("xn--") || /-s3alias$|--ol-s3$|--xa-s3$/.test(name);
  if (isTaken || !/^[a-z0-9][a-z0-9-]{1,48}[a-z0-9]$/.test(name)) throw invalidUri(`accesspoint/${name}`);
}

export function listed(accessPoint: AccessPoint): Described {
  const { name, vpcId, bucket, arn, alias, bucketAccount } = accessPoint;
  return {
    Name: name,
    NetworkOrigin: vpcId === undefined ? "Internet" : "VPC",
    ...(vpcId === undefined ? {} : { VpcConfiguration: { VpcId: vpcId } }),
    Bucket: bucket,
    AccessPointArn: arn,
    Alias: alias,
    BucketAccountId: bucketAccount,
  };
}

/** Under `localhost`, where ours are, with AWS's own labels before it. */
export function endpoints(origin: string, region: string): Readonly<Record<string, string>> {
  const { port } = new URL(origin);
  const end = `${region}.localhost${port === "" ? "" : `:${port}`}`;
  return {
    ipv4: `s3-accesspoint.${end}`,
    dualstack: `s3-accesspoint.dualstack.${end}`,
    fips: `s3-accesspoint-fips.${end}`,
    fips_dualstack: `s3-accesspoint-fips.dualstack.${end}`,
  };
}
