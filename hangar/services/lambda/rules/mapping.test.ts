// Options of event source mappings that their kind of source has no use for.

import { expect, test } from "vitest";
import { checkOptions } from "./mapping.ts";

const pollers = { MinimumPollers: 2, MaximumPollers: 4 };

test.each([
  ["queue", "ProvisionedPollerConfig", pollers, true],
  ["stream", "ProvisionedPollerConfig", pollers, false],
  ["stream", "ScalingConfig", { MaximumConcurrency: 2 }, false],
  ["queue", "ParallelizationFactor", 2, false],
  ["queue", "Topics", ["t"], false],
  ["stream", "Queues", ["q"], false],
  ["queue", "SourceAccessConfigurations", [], false],
  ["stream", "LoggingConfig", { SystemLogLevel: "WARN" }, false],
  ["queue", "DocumentDBEventSourceConfig", {}, false],
  ["stream", "AmazonManagedKafkaEventSourceConfig", {}, false],
  ["stream", "SelfManagedKafkaEventSourceConfig", {}, false],
] as const)("a %s with %s", (kind, name, value, taken) => {
  const check = (): void => checkOptions(kind, { [name]: value });
  if (taken) expect(check).not.toThrow();
  else expect(check).toThrow(`Unsupported ${name} parameter for given event source mapping type.`);
});
