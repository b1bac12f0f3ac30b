// Describes a key. https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html

import type { DescribeKeyInput, DescribeKeyOutput } from "../../../../models/kms.d.ts";
import { findKey } from "../../rules/find-key.ts";
import { metadataOf } from "../../rules/new-key.ts";
import { operation } from "../../store.ts";

export const describeKey = operation<DescribeKeyInput, DescribeKeyOutput>((input, context) => {
  return { KeyMetadata: metadataOf(findKey(context, input.KeyId)) };
});
