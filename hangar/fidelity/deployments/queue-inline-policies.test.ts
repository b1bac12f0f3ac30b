// Policies of a queue alone that CloudFormation put and took away, as they were recorded from AWS (see ../NOTICE).

import type { Session } from "../session.ts";
import { deploy, recorded, shows } from "./session.ts";

const asked = { QueueUrl: "http://localhost:4566/000000000000/recorded", AttributeNames: ["Policy"] };

async function policyIs(s: Session, label: string, template: string): Promise<void> {
  await deploy(s, template);
  await shows(s, label, "sqs", "GetQueueAttributes", asked);
}

recorded(import.meta.url, "aws-sqs-queueinlinepolicy", {
  test_create_sqs_with_inlinepolicy: (s) => policyIs(s, "policy", "queue-inline-policy"),
  async test_update_sqs_with_inlinepolicy(s) {
    await policyIs(s, "policy_before", "queue-inline-policy");
    await policyIs(s, "policy_after", "queue-inline-policy-changed");
  },
  async test_update_sqs_remove_inlinepolicy(s) {
    await policyIs(s, "policy_before", "queue-inline-policy");
    await policyIs(s, "policy_after", "queue-without-policy");
  },
});
