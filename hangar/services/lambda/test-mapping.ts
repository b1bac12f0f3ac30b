// What suites of event source mappings share: a mapping, and what its function was given.

import { CreateEventSourceMappingCommand, type CreateEventSourceMappingCommandInput } from "@aws-sdk/client-lambda";
import { logOf, type LambdaCloud } from "./engine/test-cloud.ts";

/** Its id. */
export async function map(
  { lambda }: LambdaCloud,
  functionName: string,
  source: string,
  more: Partial<CreateEventSourceMappingCommandInput> = {},
): Promise<string> {
  const { UUID } = await lambda.send(
    new CreateEventSourceMappingCommand({ FunctionName: functionName, EventSourceArn: source, ...more }),
  );
  return UUID ?? "";
}

/** What a function logged with `console.log("EVENT", JSON.stringify(…))`. */
export async function seen(at: LambdaCloud, name: string): Promise<unknown[]> {
  return (await logOf(at, name)).flatMap((line) =>
    line.includes("EVENT ") ? [JSON.parse(line.slice(line.indexOf("EVENT ") + 6)) as unknown] : [],
  );
}
