// Rules that CloudFormation made, as they were recorded from AWS (see ../NOTICE).

import { deploy, recorded, shows } from "./session.ts";

recorded(import.meta.url, "events", {
  async test_rule_pattern_transformation(s) {
    const { ids } = await deploy(s, "rule-with-pattern");
    await shows(s, "rule", "events", "DescribeRule", { Name: ids["Rule"] });
  },
  async test_event_rule_creation_without_target(s) {
    await deploy(s, "rule-with-schedule");
    await shows(s, "describe_rule", "events", "DescribeRule", { Name: "event-rule-name" });
  },
});
