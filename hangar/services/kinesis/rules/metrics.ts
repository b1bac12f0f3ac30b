// The names of shard-level metrics; `ALL` stands for every one.

const METRICS = [
  "IncomingBytes",
  "OutgoingRecords",
  "IteratorAgeMilliseconds",
  "IncomingRecords",
  "ReadProvisionedThroughputExceeded",
  "WriteProvisionedThroughputExceeded",
  "OutgoingBytes",
];

export function namedMetrics(names: readonly string[]): readonly string[] {
  return names.includes("ALL") ? METRICS : names;
}
