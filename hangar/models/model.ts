// The shape of a compiled service model: what `npm run models` writes and protocols/, gateway/ and the resource checks read.

/** Wire protocols by Smithy's names; a service answers every one its callers may use. */
export type ProtocolName =
  | "awsJson1_0"
  | "awsJson1_1"
  | "awsCbor1_1"
  | "awsQuery"
  | "ec2Query"
  | "restJson1"
  | "restXml"
  | "rpcv2Cbor";

/** One service as its callers see it. `operations` and `shapes` are keyed by AWS's own names. */
export type ServiceModel = {
  /** AWS's endpoint name, our folder name: `dynamodb`, `events`, `logs`, `states`, `monitoring` stay as in file name. */
  readonly service: string;
  readonly serviceId: string;
  readonly apiVersion: string;
  readonly endpointPrefix: string;
  readonly signingName: string;
  /** The first is what today's JavaScript client speaks. */
  readonly protocols: readonly ProtocolName[];
  /** X-Amz-Target prefix of the JSON protocols, e.g. `DynamoDB_20120810`. */
  readonly targetPrefix?: string;
  readonly xmlNamespace?: string;
  /** Sends `x-amzn-query-error` beside JSON errors (sqs, cloudwatch). */
  readonly queryCompatible?: true;
  readonly operations: Readonly<Record<string, OperationModel>>;
  readonly shapes: Readonly<Record<string, Shape>>;
};

export type OperationModel = {
  /** Shape names; absent when the operation has no members. */
  readonly input?: string;
  readonly output?: string;
  /** Names of modelled errors (shape names), in AWS's order. */
  readonly errors?: readonly string[];
  /** REST binding: method, URI template (`/{Key+}?uploads` as the schema has it), success status. */
  readonly http?: { readonly method: string; readonly uri: string; readonly code: number };
  /** Host prefix such as `sync-`. */
  readonly hostPrefix?: string;
};

export type Shape = StructureShape | ListShape | MapShape | SimpleShape;

export type StructureShape = {
  readonly type: "structure" | "union";
  readonly members: Readonly<Record<string, Member>>;
  /** Present when the structure is an error. */
  readonly error?: ErrorFacts;
  readonly xmlName?: string;
  readonly xmlNamespace?: string;
};

export type ErrorFacts = {
  /** The code on the wire, where it differs from the shape's name. */
  readonly code?: string;
  /** awsQueryError: code the query protocol (and x-amzn-query-error) carries. */
  readonly queryCode?: string;
  readonly status: number;
  readonly fault: "client" | "server";
};

export type ListShape = { readonly type: "list"; readonly member: Member; readonly sparse?: true };
export type MapShape = { readonly type: "map"; readonly key: Member; readonly value: Member; readonly sparse?: true };

export type SimpleType =
  | "string"
  | "blob"
  | "boolean"
  | "integer"
  | "long"
  | "float"
  | "double"
  | "bigInteger"
  | "bigDecimal"
  | "timestamp"
  | "document";
/** Only named simple shapes are listed; members may hold `type` inline instead of `target`. */
export type SimpleShape = { readonly type: SimpleType };

/** A member of a structure, list or map: what it holds, its wire bindings, and AWS's modelled constraints. */
export type Member = {
  /** Either the name of a shape … */
  readonly target?: string;
  /** … or a simple type written inline. */
  readonly type?: SimpleType;
  readonly required?: true;

  // Constraints (from botocore's models).
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];

  // Wire bindings.
  readonly location?: "label" | "header" | "query" | "queryParams" | "prefixHeaders" | "payload" | "statusCode";
  /** Header or query name, or header prefix. */
  readonly locationName?: string;
  readonly jsonName?: string;
  readonly xmlName?: string;
  readonly xmlFlattened?: true;
  readonly xmlAttribute?: true;
  readonly xmlNamespace?: string;
  /** `xsi` of `xmlns:xsi`, where the namespace has a prefix. */
  readonly xmlNamespacePrefix?: string;
  readonly ec2QueryName?: string;
  /** `date-time` | `epoch-seconds` | `http-date`. */
  readonly timestampFormat?: "date-time" | "epoch-seconds" | "http-date";
  readonly mediaType?: string;
  /** Blob: bytes flow; union: an event stream. */
  readonly streaming?: true;
  readonly eventPayload?: true;
  readonly eventHeader?: true;
  readonly idempotencyToken?: true;
  readonly sensitive?: true;
  readonly hostLabel?: true;
};

/** CloudFormation facts of one resource type, compiled from the CDK's service spec; one file a type. */
export type CloudFormationType = {
  readonly type: string;
  readonly properties: Readonly<Record<string, CloudFormationProperty>>;
  readonly attributes: Readonly<Record<string, string>>;
  readonly primaryIdentifier?: readonly string[];
  /** Properties or attributes whose values Ref returns, where it differs from the primary identifier. */
  readonly ref?: readonly string[];
  /** Ref is a name CloudFormation makes (`<stack>-<logical id>-<suffix>`) and no property holds. */
  readonly generatedId?: true;
  /** `arn:${Partition}:s3:::${BucketName}`: placeholders are properties, attributes and pseudo parameters. */
  readonly arnTemplate?: string;
  /** The transform a template must name to use the type. */
  readonly transform?: string;
  /** Paths below the properties whose update replaces the resource, where `replacement` cannot say so. */
  readonly replacementPaths?: readonly (readonly string[])[];
  /** Property that holds tags, and its variant. */
  readonly tags?: { readonly property: string; readonly variant: "standard" | "asg" | "map" };
  readonly stateful?: true;
  /** Nested structures used by the properties: name -> properties. */
  readonly definitions: Readonly<Record<string, Readonly<Record<string, CloudFormationProperty>>>>;
};

export type CloudFormationProperty = {
  /** `string`, `number`, `integer`, `boolean`, `json`, `date-time`, `tag`, `ref:Name`, `array<…>`, `map<…>`, or `a|b` for unions. */
  readonly type: string;
  readonly required?: true;
  /** Updating it replaces the resource. */
  readonly replacement?: "yes" | "maybe";
};
