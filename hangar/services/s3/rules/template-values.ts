// CloudFormation's property values as S3's API has them: texts for numbers and booleans, other member names.

export type Json = Readonly<Record<string, unknown>>;

export function present(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

export function list(value: unknown): readonly Json[] {
  return Array.isArray(value) ? (value as Json[]) : value === undefined ? [] : [value as Json];
}

export function number(value: unknown): number | undefined {
  return value === undefined ? undefined : Number(value);
}

export function flag(value: unknown): boolean | undefined {
  return value === undefined ? undefined : value === true || value === "true";
}

function date(value: unknown): Date | undefined {
  return value === undefined ? undefined : new Date(value as string | number);
}

export function lifecycleRule(rule: Json): Json {
  const tags = list(rule["TagFilters"]);
  const noncurrent = rule["NoncurrentVersionExpiration"] as Json | undefined;
  const days = number(noncurrent?.["NoncurrentDays"] ?? rule["NoncurrentVersionExpirationInDays"]);
  const expiration = present({
    Days: number(rule["ExpirationInDays"]),
    Date: date(rule["ExpirationDate"]),
    ExpiredObjectDeleteMarker: flag(rule["ExpiredObjectDeleteMarker"]),
  });
  const transitions = [...list(rule["Transition"]), ...list(rule["Transitions"])];
  const later = [...list(rule["NoncurrentVersionTransition"]), ...list(rule["NoncurrentVersionTransitions"])];
  const abort = rule["AbortIncompleteMultipartUpload"] as Json | undefined;
  return present({
    ID: rule["Id"],
    Status: rule["Status"],
    Filter: filterOf(
      present({
        Prefix: rule["Prefix"],
        ObjectSizeGreaterThan: number(rule["ObjectSizeGreaterThan"]),
        ObjectSizeLessThan: number(rule["ObjectSizeLessThan"]),
      }),
      tags,
    ),
    Expiration: Object.keys(expiration).length === 0 ? undefined : expiration,
    NoncurrentVersionExpiration:
      days === undefined
        ? undefined
        : present({ NoncurrentDays: days, NewerNoncurrentVersions: number(noncurrent?.["NewerNoncurrentVersions"]) }),
    Transitions:
      transitions.length === 0
        ? undefined
        : transitions.map((each) =>
            present({
              Days: number(each["TransitionInDays"]),
              Date: date(each["TransitionDate"]),
              StorageClass: each["StorageClass"],
            }),
          ),
    NoncurrentVersionTransitions:
      later.length === 0
        ? undefined
        : later.map((each) =>
            present({
              NoncurrentDays: number(each["TransitionInDays"]),
              NewerNoncurrentVersions: number(each["NewerNoncurrentVersions"]),
              StorageClass: each["StorageClass"],
            }),
          ),
    AbortIncompleteMultipartUpload:
      abort === undefined ? undefined : { DaysAfterInitiation: number(abort["DaysAfterInitiation"]) },
  });
}

/** One condition stands alone; several stand under And. */
export function filterOf(members: Json, tags: readonly Json[]): Json {
  const count = Object.keys(members).length + tags.length;
  if (count === 0) return { Prefix: "" };
  if (count > 1) return { And: { ...members, ...(tags.length === 0 ? {} : { Tags: tags }) } };
  return tags.length === 1 ? { Tag: tags[0] } : members;
}

export function corsRule(rule: Json): Json {
  return present({
    ID: rule["Id"],
    AllowedHeaders: rule["AllowedHeaders"],
    AllowedMethods: rule["AllowedMethods"],
    AllowedOrigins: rule["AllowedOrigins"],
    ExposeHeaders: rule["ExposedHeaders"],
    MaxAgeSeconds: number(rule["MaxAge"]),
  });
}

export function website(value: Json): Json {
  const index = value["IndexDocument"];
  const error = value["ErrorDocument"];
  const rules = value["RoutingRules"];
  return present({
    IndexDocument: index === undefined ? undefined : { Suffix: index },
    ErrorDocument: error === undefined ? undefined : { Key: error },
    RedirectAllRequestsTo: value["RedirectAllRequestsTo"],
    RoutingRules:
      rules === undefined
        ? undefined
        : list(rules).map((rule) =>
            present({ Redirect: redirect(rule["RedirectRule"]), Condition: rule["RoutingRuleCondition"] }),
          ),
  });
}

function redirect(value: unknown): Json {
  const rule = (value ?? {}) as Json;
  const code = rule["HttpRedirectCode"] as string | number | undefined;
  return present({ ...rule, HttpRedirectCode: code?.toString() });
}

export function notification(value: Json): Json {
  const shared = (each: Json): Json => {
    const rules = ((each["Filter"] as Json | undefined)?.["S3Key"] as Json | undefined)?.["Rules"];
    return present({
      Events: [each["Event"]],
      Filter: rules === undefined ? undefined : { Key: { FilterRules: rules } },
    });
  };
  const bridge = value["EventBridgeConfiguration"] as Json | undefined;
  const isBridged = bridge !== undefined && flag(bridge["EventBridgeEnabled"]) !== false;
  return present({
    QueueConfigurations: list(value["QueueConfigurations"]).map((each) => ({
      QueueArn: each["Queue"],
      ...shared(each),
    })),
    TopicConfigurations: list(value["TopicConfigurations"]).map((each) => ({
      TopicArn: each["Topic"],
      ...shared(each),
    })),
    LambdaFunctionConfigurations: list(value["LambdaConfigurations"]).map((each) => ({
      LambdaFunctionArn: each["Function"],
      ...shared(each),
    })),
    EventBridgeConfiguration: isBridged ? {} : undefined,
  });
}

export function replication(value: Json): Json {
  return { Role: value["Role"], Rules: list(value["Rules"]).map(replicationRule) };
}

function replicationRule(rule: Json): Json {
  const filter = rule["Filter"] as Json | undefined;
  const and = filter?.["And"] as Json | undefined;
  const { ReplicationTime: time, Metrics: metrics, ...destination } = rule["Destination"] as Json;
  return present({
    ID: rule["Id"],
    Priority: number(rule["Priority"]),
    Prefix: rule["Prefix"],
    Status: rule["Status"],
    Filter:
      filter === undefined
        ? undefined
        : present({
            Prefix: filter["Prefix"],
            Tag: filter["TagFilter"],
            And: and === undefined ? undefined : present({ Prefix: and["Prefix"], Tags: and["TagFilters"] }),
          }),
    Destination: present({
      ...destination,
      ReplicationTime: timed(time as Json | undefined, "Time"),
      Metrics: timed(metrics as Json | undefined, "EventThreshold"),
    }),
    SourceSelectionCriteria: rule["SourceSelectionCriteria"],
    DeleteMarkerReplication: rule["DeleteMarkerReplication"],
  });
}

function timed(value: Json | undefined, name: string): Json | undefined {
  const span = value?.[name] as Json | undefined;
  return span === undefined ? value : { ...value, [name]: { Minutes: number(span["Minutes"]) } };
}

export function encryption(value: Json): Json {
  return {
    Rules: list(value["ServerSideEncryptionConfiguration"]).map((rule) =>
      present({
        ApplyServerSideEncryptionByDefault: rule["ServerSideEncryptionByDefault"],
        BucketKeyEnabled: flag(rule["BucketKeyEnabled"]),
        BlockedEncryptionTypes: rule["BlockedEncryptionTypes"],
      }),
    ),
  };
}

export function lock(value: Json): Json {
  const retention = ((value["Rule"] as Json | undefined)?.["DefaultRetention"] ?? undefined) as Json | undefined;
  return present({
    ObjectLockEnabled: value["ObjectLockEnabled"] ?? "Enabled",
    Rule:
      retention === undefined
        ? undefined
        : {
            DefaultRetention: present({
              ...retention,
              Days: number(retention["Days"]),
              Years: number(retention["Years"]),
            }),
          },
  });
}

export function inventory(value: Json): Json {
  const destination = value["Destination"] as Json;
  return present({
    Id: value["Id"],
    IsEnabled: flag(value["Enabled"]),
    IncludedObjectVersions: value["IncludedObjectVersions"],
    Schedule: { Frequency: value["ScheduleFrequency"] },
    OptionalFields: value["OptionalFields"],
    Filter: value["Prefix"] === undefined ? undefined : { Prefix: value["Prefix"] },
    Destination: {
      S3BucketDestination: present({
        Bucket: destination["BucketArn"],
        AccountId: destination["BucketAccountId"],
        Format: destination["Format"],
        Prefix: destination["Prefix"],
      }),
    },
  });
}

/** `PublicReadWrite` and its kin, as headers have them. */
export function cannedAcl(value: string): string {
  return value.replaceAll(/(?<=[a-z])([A-Z])/g, "-$1").toLowerCase();
}
