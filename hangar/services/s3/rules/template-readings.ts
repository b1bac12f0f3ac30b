// S3's settings as CloudFormation has them: the way back from what the API tells to a template's values.

import { list, present, type Json } from "./template-values.ts";

/** Without milliseconds, as templates say it. */
function day(value: unknown): string | undefined {
  return value instanceof Date ? value.toISOString().replace(".000Z", "Z") : undefined;
}

function listed(values: readonly Json[]): readonly Json[] | undefined {
  return values.length === 0 ? undefined : values;
}

/** What a filter asks for, wherever it stands in it. */
function conditionsOf(filter: unknown): Json {
  const { And: and, Tag: tag, ...alone } = (filter ?? {}) as { And?: Json; Tag?: Json } & Json;
  const { Tags: tags, ...others } = (and ?? {}) as { Tags?: readonly Json[] } & Json;
  return present({ ...alone, ...others, TagFilters: listed([...(tag === undefined ? [] : [tag]), ...(tags ?? [])]) });
}

export function lifecycleRuleRead(rule: Json): Json {
  const { Prefix: prefix = rule["Prefix"], ...filter } = conditionsOf(rule["Filter"]);
  const expiration = (rule["Expiration"] ?? {}) as Json;
  return present({
    Id: rule["ID"],
    Status: rule["Status"],
    Prefix: prefix,
    ...filter,
    ExpirationInDays: expiration["Days"],
    ExpirationDate: day(expiration["Date"]),
    ExpiredObjectDeleteMarker: expiration["ExpiredObjectDeleteMarker"],
    Transitions: listed(
      list(rule["Transitions"]).map((each) =>
        present({
          StorageClass: each["StorageClass"],
          TransitionInDays: each["Days"],
          TransitionDate: day(each["Date"]),
        }),
      ),
    ),
    NoncurrentVersionExpiration: rule["NoncurrentVersionExpiration"],
    NoncurrentVersionTransitions: listed(
      list(rule["NoncurrentVersionTransitions"]).map(({ NoncurrentDays, ...each }) => ({
        ...each,
        TransitionInDays: NoncurrentDays,
      })),
    ),
    AbortIncompleteMultipartUpload: rule["AbortIncompleteMultipartUpload"],
  });
}

export function encryptionRead(configuration: Json): Json {
  return {
    ServerSideEncryptionConfiguration: list(configuration["Rules"]).map((rule) =>
      present({
        ServerSideEncryptionByDefault: rule["ApplyServerSideEncryptionByDefault"],
        BucketKeyEnabled: rule["BucketKeyEnabled"],
        BlockedEncryptionTypes: rule["BlockedEncryptionTypes"],
      }),
    ),
  };
}

export function corsRuleRead(rule: Json): Json {
  const { ID: Id, ExposeHeaders: ExposedHeaders, MaxAgeSeconds: MaxAge, ...same } = rule;
  return present({ ...same, Id, ExposedHeaders, MaxAge });
}

export function websiteRead(value: Json): Json {
  return present({
    IndexDocument: (value["IndexDocument"] as Json | undefined)?.["Suffix"],
    ErrorDocument: (value["ErrorDocument"] as Json | undefined)?.["Key"],
    RedirectAllRequestsTo: value["RedirectAllRequestsTo"],
    RoutingRules: listed(
      list(value["RoutingRules"]).map((rule) =>
        present({ RedirectRule: rule["Redirect"], RoutingRuleCondition: rule["Condition"] }),
      ),
    ),
  });
}

/** A template names one event at a time. */
export function notificationRead(value: Json): Json | undefined {
  const read = (kind: string, arn: string, name: string): readonly Json[] | undefined =>
    listed(
      list(value[kind]).flatMap((each) =>
        list(each["Events"]).map((Event) =>
          present({ Event, [name]: each[arn], Filter: keyFilterOf(each["Filter"] as Json | undefined) }),
        ),
      ),
    );
  const found = present({
    QueueConfigurations: read("QueueConfigurations", "QueueArn", "Queue"),
    TopicConfigurations: read("TopicConfigurations", "TopicArn", "Topic"),
    LambdaConfigurations: read("LambdaFunctionConfigurations", "LambdaFunctionArn", "Function"),
    EventBridgeConfiguration:
      value["EventBridgeConfiguration"] === undefined ? undefined : { EventBridgeEnabled: true },
  });
  return Object.keys(found).length === 0 ? undefined : found;
}

function keyFilterOf(filter: Json | undefined): Json | undefined {
  const rules = (filter?.["Key"] as Json | undefined)?.["FilterRules"];
  if (rules === undefined) return undefined;
  // S3 tells their names with capitals, templates write them small.
  return { S3Key: { Rules: list(rules).map(({ Name, Value }) => ({ Name: String(Name).toLowerCase(), Value })) } };
}

export function replicationRead({ Role, Rules: rules }: Json): Json {
  return {
    Role,
    Rules: list(rules).map(({ ID: Id, Filter: filter, ...rule }) =>
      present({ ...rule, Id, Filter: filter === undefined ? undefined : replicationFilter(filter as Json) }),
    ),
  };
}

function replicationFilter({ Prefix, Tag: TagFilter, And: and }: Json): Json {
  const { Prefix: prefix, Tags: TagFilters } = (and ?? {}) as Json;
  const And = and === undefined ? undefined : present({ Prefix: prefix, TagFilters });
  return present({ Prefix, TagFilter, And });
}

export function loggingRead(value: Json): Json {
  const { TargetBucket: DestinationBucketName, TargetPrefix: LogFilePrefix, TargetObjectKeyFormat } = value;
  return present({ DestinationBucketName, LogFilePrefix, TargetObjectKeyFormat });
}

export function inventoryRead(value: Json): Json {
  const { IsEnabled: Enabled, Schedule: schedule, Filter: filter, Destination: destination, ...same } = value;
  return present({
    ...same,
    Enabled,
    ScheduleFrequency: (schedule as Json)["Frequency"],
    Prefix: (filter as Json | undefined)?.["Prefix"],
    Destination: destinationOf(destination),
  });
}

function destinationOf(destination: unknown): Json {
  const {
    Bucket: BucketArn,
    AccountId,
    BucketAccountId = AccountId,
    ...same
  } = (destination as Json)["S3BucketDestination"] as Json;
  return present({ ...same, BucketArn, BucketAccountId });
}

/** Analytics, metrics and tiering: what their filter says stands beside the rest. */
export function reportRead({ Filter: filter, StorageClassAnalysis: analysis, ...same }: Json): Json {
  const exported = (analysis as Json | undefined)?.["DataExport"] as Json | undefined;
  const shown =
    exported === undefined
      ? analysis
      : { DataExport: { ...exported, Destination: destinationOf(exported["Destination"]) } };
  return present({ ...same, ...conditionsOf(filter), StorageClassAnalysis: shown });
}
