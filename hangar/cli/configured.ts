// What hangar.config.ts says where the command line does not.

import { readConfig, type AwsConfig, type EmbeddedConfig, type HangarConfig } from "../targets/config.ts";
import { UsageError, type Command, type Words } from "./command.ts";

/** The words of a command that deploys, filled up; those of any other as they are. */
export async function configured(command: Command, words: Words): Promise<Words> {
  // `promote` synthesises nothing, and a stage goes before what the targets say.
  if (!("app" in command.options) || "to" in command.options || words.values["help"] === true) return words;
  const config = await projectConfig();
  const { target } = words.values;
  const { endpoint, ...place } = target === "aws" || target === "localstack" ? remotePlace(config, target) : {};
  const known = Object.entries({ app: config.app, "endpoint-url": endpoint, ...place }).filter(
    ([name, value]) => value !== undefined && name in command.options,
  );
  return { ...words, values: { ...(Object.fromEntries(known) as Words["values"]), ...words.values } };
}

/** Where a target is that is not in this process. */
export function remotePlace({ targets = {} }: HangarConfig, target: "localstack" | "aws"): AwsConfig {
  const { localstack = {}, aws = {} } = targets;
  if (target === "aws") return aws;
  return { region: localstack.region, endpoint: process.env["LOCALSTACK_ENDPOINT"] ?? localstack.endpoint };
}

/** Of a cloud that this folder's commands start. */
export async function embeddedPlace(): Promise<EmbeddedConfig> {
  const { account, region } = (await projectConfig()).targets?.embedded ?? {};
  return { account, region };
}

export async function projectConfig(): Promise<HangarConfig> {
  try {
    return await readConfig(process.cwd());
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
