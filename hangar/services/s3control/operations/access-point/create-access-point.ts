// Attaches an access point to a bucket.

import type { CreateAccessPointRequest, CreateAccessPointResult } from "../../../../models/s3control.d.ts";
import { notEmulated } from "../../../../kernel/aws-error.ts";
import { checkName } from "../../rules/access-points.ts";
import { checkAccount } from "../../rules/accounts.ts";
import { blockOf } from "../../rules/public-access.ts";
import { checkTags } from "../../rules/tags.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_CreateAccessPoint.html */
export const createAccessPoint = operation<CreateAccessPointRequest, CreateAccessPointResult>(
  async (input, context) => {
    checkAccount(input, context);
    checkName(input.Name);
    if (input.Scope !== undefined) throw notEmulated("scopes of access points, which are for directory buckets");
    const { arn, alias } = await context.ports.storage.createAccessPoint({
      name: input.Name,
      bucket: input.Bucket,
      bucketAccount: input.BucketAccountId,
      vpcId: input.VpcConfiguration?.VpcId,
      block: blockOf(input.PublicAccessBlockConfiguration, true),
      tags: checkTags(input.Tags ?? []),
    });
    return { AccessPointArn: arn, Alias: alias };
  },
);
