// What an AWS SDK client takes to reach a cloud of ours.

import type { ClientSettings } from "./target.ts";

export function embeddedClients(endpoint: string, region: string): ClientSettings {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  return { endpoint, region, credentials, forcePathStyle: true, disableHostPrefix: true };
}
