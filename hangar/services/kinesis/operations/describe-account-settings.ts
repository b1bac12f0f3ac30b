// The account's settings. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DescribeAccountSettings.html

import type { DescribeAccountSettingsInput, DescribeAccountSettingsOutput } from "../../../models/kinesis.d.ts";
import { showCommitment } from "../engine/commitment.ts";
import { operation } from "../store.ts";

export const describeAccountSettings = operation<DescribeAccountSettingsInput, DescribeAccountSettingsOutput>(
  (_input, context) => ({ MinimumThroughputBillingCommitment: showCommitment(context) }),
);
