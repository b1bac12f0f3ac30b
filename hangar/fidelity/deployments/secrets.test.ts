// Policies of secrets that CloudFormation made, as they were recorded from AWS (see ../NOTICE).

import type { Session } from "../session.ts";
import { deploy, recorded, shows } from "./session.ts";

async function policy(s: Session): Promise<void> {
  const { outputs } = await deploy(s, "secret-policy");
  s.matches("outputs", outputs);
  await shows(s, "resource_policy", "secretsmanager", "GetResourcePolicy", { SecretId: outputs["SecretId"] });
}

recorded(import.meta.url, "secretsmanager", {
  "test_cfn_secret_policy[default]": (s) => policy(s),
});
