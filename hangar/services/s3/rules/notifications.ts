// Event notifications: which configurations S3 refuses, whom an event concerns, and what the event says.

import { parseArn } from "../../../kernel/arn.ts";
import { invalidArgument, malformedXml } from "../errors.ts";
import type { NotificationConfiguration, NotificationConfigurationFilter } from "../../../models/s3.d.ts";
import type { Bucket } from "../store.ts";
import { canonicalId } from "./owners.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html */
const EVENTS = new Set(
  `TestEvent ObjectCreated:* ObjectCreated:Put ObjectCreated:Post ObjectCreated:Copy ObjectCreated:CompleteMultipartUpload
  ObjectRemoved:* ObjectRemoved:Delete ObjectRemoved:DeleteMarkerCreated ObjectRestore:* ObjectRestore:Post ObjectRestore:Completed
  ObjectRestore:Delete ReducedRedundancyLostObject Replication:* Replication:OperationFailedReplication
  Replication:OperationMissedThreshold Replication:OperationReplicatedAfterThreshold Replication:OperationNotTracked
  LifecycleExpiration:* LifecycleExpiration:Delete LifecycleExpiration:DeleteMarkerCreated LifecycleTransition IntelligentTiering
  ObjectTagging:* ObjectTagging:Put ObjectTagging:Delete ObjectAcl:Put ObjectAnnotation:* ObjectAnnotation:Put ObjectAnnotation:Delete`
    .split(/\s+/)
    .map((name) => `s3:${name}`),
);

export type Target = {
  readonly kind: "queue" | "topic" | "function";
  readonly id: string;
  readonly arn: string;
  readonly events: readonly string[];
  readonly filter: NotificationConfigurationFilter | undefined;
};

export function targetsOf(configuration: NotificationConfiguration): readonly Target[] {
  return [
    ...(configuration.QueueConfigurations ?? []).map((each) => target("queue", each.QueueArn, each)),
    ...(configuration.TopicConfigurations ?? []).map((each) => target("topic", each.TopicArn, each)),
    ...(configuration.LambdaFunctionConfigurations ?? []).map((each) =>
      target("function", each.LambdaFunctionArn, each),
    ),
  ];
}

function target(
  kind: Target["kind"],
  arn: string,
  {
    Id,
    Events,
    Filter,
  }: {
    readonly Id?: string | undefined;
    readonly Events: readonly string[];
    readonly Filter?: NotificationConfigurationFilter | undefined;
  },
): Target {
  return { kind, arn, id: Id ?? "", events: Events, filter: Filter };
}

const SERVICES = { queue: "sqs", topic: "sns", function: "lambda" } as const;
const ARGUMENTS = { queue: "Queue", topic: "Topic", function: "CloudFunction" } as const;

/** Fills in ids and checks form; whether destinations take deliveries is asked elsewhere. */
export function checkConfiguration(
  configuration: NotificationConfiguration,
  newId: () => string,
): NotificationConfiguration {
  const named = <
    Each extends { readonly Id?: string | undefined; readonly Filter?: NotificationConfigurationFilter | undefined },
  >(
    list: readonly Each[] | undefined,
  ): readonly Each[] | undefined =>
    list?.map((each) => ({
      ...each,
      Id: each.Id === undefined || each.Id === "" ? newId() : each.Id,
      ...(each.Filter === undefined ? {} : { Filter: cleanFilter(each.Filter) }),
    }));
  const out: NotificationConfiguration = {
    ...(configuration.TopicConfigurations === undefined
      ? {}
      : { TopicConfigurations: named(configuration.TopicConfigurations) }),
    ...(configuration.QueueConfigurations === undefined
      ? {}
      : { QueueConfigurations: named(configuration.QueueConfigurations) }),
    ...(configuration.LambdaFunctionConfigurations === undefined
      ? {}
      : { LambdaFunctionConfigurations: named(configuration.LambdaFunctionConfigurations) }),
    ...(configuration.EventBridgeConfiguration === undefined ? {} : { EventBridgeConfiguration: {} }),
  };
  const targets = targetsOf(out);
  for (const each of targets) checkTarget(each);
  if (new Set(targets.map((each) => each.id)).size < targets.length) {
    throw invalidArgument("Same ID used for multiple configurations. IDs must be unique", "Id");
  }
  checkOverlaps(targets);
  return out;
}

function cleanFilter(filter: NotificationConfigurationFilter): NotificationConfigurationFilter {
  const rules = (filter.Key?.FilterRules ?? []).map(({ Name: name, Value: value }) => {
    if (name === undefined || value === undefined) throw malformedXml();
    const known = name.toLowerCase();
    if (known !== "prefix" && known !== "suffix") {
      throw invalidArgument("filter rule name must be either prefix or suffix", "FilterRule.Name", name);
    }
    if (value.length > 1024)
      throw invalidArgument("Size of filter rule value cannot exceed 1024 bytes in UTF-8", "FilterRule.Value", value);
    return { Name: known === "prefix" ? "Prefix" : "Suffix", Value: value };
  });
  if (new Set(rules.map((rule) => rule.Name)).size < rules.length) {
    throw invalidArgument("Cannot specify more than one prefix rule or suffix rule in a filter.", "FilterRule.Name");
  }
  return { Key: { FilterRules: rules } };
}

function checkTarget({ kind, arn, events }: Target): void {
  const parsed = parseArn(arn);
  if (parsed === undefined || parsed.service !== SERVICES[kind]) {
    throw invalidArgument("The ARN could not be parsed", ARGUMENTS[kind], arn);
  }
  if (events.length === 0) throw malformedXml();
  for (const event of events)
    if (!EVENTS.has(event))
      throw invalidArgument(`The event '${event}' is not supported for notifications`, "Event", event);
}

function checkOverlaps(targets: readonly Target[]): void {
  for (const [index, one] of targets.entries()) {
    for (const other of targets.slice(index + 1)) {
      if (sharesEvents(one, other) && sharesKeys(one, other)) {
        throw invalidArgument(
          "Configurations overlap. Configurations on the same bucket cannot share a common event type.",
          "Configuration",
        );
      }
    }
  }
}

function sharesEvents(one: Target, other: Target): boolean {
  return one.events.some((a) => other.events.some((b) => covers(a, b) || covers(b, a)));
}

function sharesKeys(one: Target, other: Target): boolean {
  const { prefix: a, suffix: x } = affixes(one.filter);
  const { prefix: b, suffix: y } = affixes(other.filter);
  return (a.startsWith(b) || b.startsWith(a)) && (x.endsWith(y) || y.endsWith(x));
}

function affixes(filter: NotificationConfigurationFilter | undefined): {
  readonly prefix: string;
  readonly suffix: string;
} {
  const rules = filter?.Key?.FilterRules ?? [];
  const value = (name: string): string => rules.find((rule) => rule.Name === name)?.Value ?? "";
  return { prefix: value("Prefix"), suffix: value("Suffix") };
}

function covers(pattern: string, event: string): boolean {
  return pattern === event || (pattern.endsWith("*") && event.startsWith(pattern.slice(0, -1)));
}

/** `event` is without `s3:`. Filter values may come URL-encoded, keys do not. */
export function concerns({ events, filter }: Target, event: string, key: string): boolean {
  const { prefix, suffix } = affixes(filter);
  return events.some((pattern) => covers(pattern, `s3:${event}`)) && key.startsWith(prefix) && key.endsWith(suffix);
}

/** What happened to an object, kept with the pending notification. */
export type Happening = {
  readonly event: string;
  readonly bucket: string;
  readonly key: string;
  readonly size?: number | undefined;
  readonly etag?: string | undefined;
  readonly versionId?: string | undefined;
  readonly sequencer?: string | undefined;
  readonly time: number;
  readonly requestId: string;
  readonly sourceIp: string;
  readonly principal: string;
  readonly requester: string;
  /** EventBridge's `reason` and `deletion-type`, `source-storage-class` … */
  readonly reason?: string | undefined;
  readonly detail?: Readonly<Record<string, unknown>> | undefined;
  /** `replicationEventData`, for replication's own events. */
  readonly replication?: Readonly<Record<string, unknown>> | undefined;
  /** S3 has brought a copy back from an archive, which it does in its customer's name. */
  readonly restored?: { readonly expires: number; readonly storageClass: string } | undefined;
};

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html */
export function eventRecord(
  bucket: Bucket,
  happening: Happening,
  configurationId: string,
): Readonly<Record<string, unknown>> {
  const { event, key, size, etag, versionId, sequencer, restored } = happening;
  const owner = canonicalId(bucket.account).slice(0, 14).toUpperCase();
  return {
    eventVersion: versionOf(event),
    eventSource: "aws:s3",
    awsRegion: bucket.region,
    eventTime: new Date(happening.time).toISOString(),
    eventName: event,
    userIdentity: { principalId: restored === undefined ? happening.principal : `AmazonCustomer:${owner}` },
    requestParameters: { sourceIPAddress: happening.sourceIp },
    responseElements: { "x-amz-request-id": happening.requestId, "x-amz-id-2": canonicalId(happening.requestId) },
    s3: {
      s3SchemaVersion: "1.0",
      configurationId,
      bucket: {
        name: bucket.name,
        ownerIdentity: { principalId: owner },
        arn: `arn:aws:s3:::${bucket.name}`,
      },
      object: {
        key: encodeURIComponent(key).replaceAll("%20", "+").replaceAll("%2F", "/"),
        ...(size === undefined ? {} : { size }),
        ...(etag === undefined ? {} : { eTag: etag }),
        ...(versionId === undefined ? {} : { versionId }),
        ...(sequencer === undefined ? {} : { sequencer }),
      },
    },
    ...(happening.replication === undefined ? {} : { replicationEventData: happening.replication }),
    ...(restored === undefined ? {} : { glacierEventData: { restoreEventData: restoreData(restored) } }),
  };
}

function restoreData({ expires, storageClass }: NonNullable<Happening["restored"]>): Readonly<Record<string, string>> {
  return {
    lifecycleRestorationExpiryTime: new Date(expires).toISOString(),
    lifecycleRestoreStorageClass: storageClass,
  };
}

function versionOf(event: string): string {
  if (event.startsWith("Replication")) return "2.2";
  return /^(ObjectTagging|ObjectAcl|Lifecycle)/.test(event) ? "2.3" : "2.1";
}
