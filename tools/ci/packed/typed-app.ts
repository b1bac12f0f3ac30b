// What a TypeScript user of the package sees: compiled against the declarations that ship.
import { AwsError, startCloud, type ClientConfig, type RunningCloud, type Span } from "hangar";

export async function use(): Promise<readonly Span[]> {
  const cloud: RunningCloud = await startCloud({ port: 0, strict: true });
  const config: ClientConfig = cloud.clientConfig();
  await cloud.clock.advance("15 minutes");
  cloud.faults.next("dynamodb:PutItem", "ProvisionedThroughputExceededException", { times: 2 });
  if (config.endpoint !== cloud.endpoint || cloud.bugs.some(({ error }) => !(error instanceof AwsError))) return [];
  // @ts-expect-error: a cloud has no such member, so its type is not `any`.
  void cloud.nothing;
  return cloud.trace.spans();
}
