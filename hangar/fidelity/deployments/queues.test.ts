// Queues that CloudFormation made, as they were recorded from AWS (see ../NOTICE).

import type { Session } from "../session.ts";
import { ask, deploy, recorded, shows } from "./session.ts";

async function describes(s: Session, template: string, prefix = ""): Promise<void> {
  const { ids } = await deploy(s, template);
  const QueueUrl = ids["Queue"];
  await shows(s, `${prefix}attributes`, "sqs", "GetQueueAttributes", { QueueUrl, AttributeNames: ["All"] });
}

/** The stack's own tags were not recorded. */
async function describesTags(s: Session, label: string, QueueName = "recorded"): Promise<void> {
  const answer = await ask(s, "sqs", "ListQueueTags", { QueueUrl: `http://localhost:4566/000000000000/${QueueName}` });
  const own = Object.entries(answer["Tags"] as object).filter(([key]) => !key.startsWith("aws:cloudformation:"));
  s.matches(label, { ...answer, Tags: Object.fromEntries(own) });
}

async function describesDead(s: Session, name: string): Promise<void> {
  const QueueUrl = `http://localhost:4566/000000000000/${name}`;
  await shows(s, "dlq_attributes", "sqs", "GetQueueAttributes", { QueueUrl, AttributeNames: ["RedriveAllowPolicy"] });
}

recorded(import.meta.url, "aws-sqs-queue", {
  test_create_standard_queue_with_required_properties: (s) => describes(s, "queue"),
  async test_create_standard_queue_with_all_properties(s) {
    await describes(s, "queue-with-all");
    await describesTags(s, "tags");
    await describesDead(s, "dead");
  },
  test_create_fifo_queue_with_required_properties: (s) => describes(s, "fifo-queue"),
  async test_create_fifo_queue_with_all_properties(s) {
    await describes(s, "fifo-queue-with-all");
    await describesTags(s, "tags", "recorded.fifo");
    await describesDead(s, "dead.fifo");
  },
  async test_update_standard_queue_modify_properties_in_place(s) {
    await deploy(s, "queue-before");
    await describes(s, "queue-after", "updated_");
    await describesTags(s, "updated_tags");
  },
  async test_update_standard_queue_without_explicit_name(s) {
    await deploy(s, "queue-unnamed");
    await describes(s, "queue-unnamed-changed", "updated_");
  },
});
