// Policies that CloudFormation put on queues, as they were recorded from AWS (see ../NOTICE).

import type { Answer, Session } from "../session.ts";
import { ask, deploy, recorded } from "./session.ts";

const QueueUrl = "http://localhost:4566/000000000000/recorded";

async function policy(s: Session): Promise<Answer> {
  return ask(s, "sqs", "GetQueueAttributes", { QueueUrl, AttributeNames: ["Policy"] });
}

recorded(import.meta.url, "aws-sqs-queuepolicy", {
  async test_sqs_queue_policy(s) {
    await deploy(s, "queue-policy");
    s.matches("policy", await policy(s));
  },
  async test_update_sqs_queuepolicy(s) {
    for (const [label, template] of Object.entries({ policy1: "queue-policy", policy2: "queue-policy-changed" })) {
      await deploy(s, template);
      const { Attributes } = (await policy(s)) as { readonly Attributes?: { readonly Policy?: string } };
      s.matches(label, Attributes?.Policy);
    }
  },
});
