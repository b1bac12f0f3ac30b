// Topics that CloudFormation made, as they were recorded from AWS (see ../NOTICE).

import { deploy, recorded, shows } from "./session.ts";

recorded(import.meta.url, "sns", {
  async test_sns_topic_fifo_with_deduplication(s) {
    const { ids } = await deploy(s, "fifo-topic");
    await shows(s, "get-topic-attrs", "sns", "GetTopicAttributes", { TopicArn: ids["Topic"] });
  },
});
