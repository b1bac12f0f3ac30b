// Parameters that CloudFormation made, as they were recorded from AWS (see ../NOTICE).

import { deploy, recorded, shows } from "./session.ts";

recorded(import.meta.url, "ssm", {
  async test_parameter_defaults(s) {
    const { ids } = await deploy(s, "parameter");
    const Name = ids["Parameter"];
    await shows(s, "ssm_parameter", "ssm", "GetParameter", { Name });
    await s.do("DeleteStack", { StackName: "recorded" });
    await s.cloud.settle();
    await shows(s, "ssm_parameter_not_found", "ssm", "GetParameter", { Name });
  },
});
