// Log groups and streams that CloudFormation made, as they were recorded from AWS (see ../NOTICE).

import { ask, deploy, recorded } from "./session.ts";

recorded(import.meta.url, "logs", {
  async test_logstream(s) {
    const { outputs } = await deploy(s, "log-stream");
    s.matches("outputs", outputs);
    const asked = { logGroupName: outputs["LogGroupNameOutput"] };
    s.matches("describe_log_streams", (await ask(s, "logs", "DescribeLogStreams", asked))["logStreams"]);
  },
});
