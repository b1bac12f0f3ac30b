// What AWS documents as eventually consistent, and where: which calls may see the past, and which rows are past then.

type Input = Readonly<Record<string, unknown>>;

export type Eventual = {
  /** Operations that may answer from the past. */
  readonly reads: RegExp;
  /** Which of their calls do; all when absent. */
  readonly when?: (input: Input, operation: string) => boolean;
  /** Tables of the service that are past then; all others are present. */
  readonly tables: readonly string[];
  /** Whether policies on the resources themselves take time to be in force. */
  readonly policies?: true;
  /** Ports through which everybody else sees the past, too. */
  readonly ports?: readonly string[];
  readonly page: string;
};

const READ = /^(Get|List|Describe)/;

export const eventual: Readonly<Record<string, Eventual>> = {
  dynamodb: {
    reads: /^((Batch)?GetItem|Query|Scan|ExecuteStatement|DescribeTable|ListTables)$/,
    when: (input, operation) => !isConsistent(input) && (operation !== "ExecuteStatement" || isSelect(input)),
    tables: ["tables", "items", "indexed"],
    page: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.ReadConsistency.html",
  },
  events: {
    reads: /^PutEvents$/,
    tables: ["rules", "targets"],
    page: "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html",
  },
  iam: {
    reads: /^(Get|List|Simulate)/,
    tables: ["users", "groups", "roles", "policies", "instanceProfiles", "oidcProviders", "account", "accessKeys"],
    ports: ["access"],
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency",
  },
  kms: {
    reads: READ,
    tables: ["keys", "aliases", "grants"],
    policies: true,
    page: "https://docs.aws.amazon.com/kms/latest/developerguide/programming-eventual-consistency.html",
  },
  s3: {
    reads: /^(ListBuckets|GetBucket.*|GetPublicAccessBlock)$/,
    tables: ["buckets"],
    policies: true,
    page: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/Welcome.html#ConsistencyModel",
  },
  sqs: {
    reads: /^(ListQueues|GetQueueAttributes|ListQueueTags|ListDeadLetterSourceQueues)$/,
    tables: ["queues", "messages"],
    page: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html",
  },
};

function isConsistent(input: Input): boolean {
  if (input["ConsistentRead"] === true) return true;
  const requests = Object.values((input["RequestItems"] ?? {}) as Readonly<Record<string, Input>>);
  return requests.some(({ ConsistentRead }) => ConsistentRead === true);
}

function isSelect({ Statement }: Input): boolean {
  return /^\s*select\b/i.test(String(Statement));
}
