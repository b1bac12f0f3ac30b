// What hangar.config.ts says where the command line does not.

import { readConfig, type HangarConfig } from "../targets/config.ts";
import { UsageError, type Command, type Words } from "./command.ts";

/** The words of a command that deploys, filled up; those of any other as they are. */
export async function configured(command: Command, words: Words): Promise<Words> {
  // `promote` synthesises nothing, and a stage goes before what the targets say.
  if (!("app" in command.options) || "to" in command.options || words.values["help"] === true) return words;
  const config = await projectConfig();
  const { target } = words.values;
  const { localstack = {}, aws = {} } = config.targets ?? {};
  const place =
    target === "aws"
      ? { account: aws.account, region: aws.region, "endpoint-url": aws.endpoint }
      : target === "localstack"
        ? { region: localstack.region, "endpoint-url": process.env["LOCALSTACK_ENDPOINT"] ?? localstack.endpoint }
        : {};
  const known = Object.entries({ app: config.app, ...place }).filter(
    ([name, value]) => value !== undefined && name in command.options,
  );
  return { ...words, values: { ...(Object.fromEntries(known) as Words["values"]), ...words.values } };
}

export async function projectConfig(): Promise<HangarConfig> {
  try {
    return await readConfig(process.cwd());
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
