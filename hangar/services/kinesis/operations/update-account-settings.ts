// Makes or ends the account's throughput commitment. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateAccountSettings.html

import type { UpdateAccountSettingsInput, UpdateAccountSettingsOutput } from "../../../models/kinesis.d.ts";
import { commitmentOf, earliestEnd, keepCommitment, showCommitment } from "../engine/commitment.ts";
import { operation } from "../store.ts";

export const updateAccountSettings = operation<UpdateAccountSettingsInput, UpdateAccountSettingsOutput>(
  (input, context) => {
    const now = context.clock.now();
    const present = commitmentOf(context);
    const runs = present !== undefined && present.status !== "DISABLED";
    if (input.MinimumThroughputBillingCommitment.Status === "ENABLED")
      keepCommitment(context, { status: "ENABLED", started: runs ? present.started : now });
    else if (runs) {
      const ended = Math.max(now, earliestEnd(present));
      const status = ended > now ? "ENABLED_UNTIL_EARLIEST_ALLOWED_END" : "DISABLED";
      keepCommitment(context, { status, started: present.started, ended });
    }
    return { MinimumThroughputBillingCommitment: showCommitment(context) };
  },
);
