// What the house asks of IAM: who a key belongs to, whether a call is allowed, credentials for a role.

import type { Caller } from "../cloud/operation.ts";

export type ConditionKeys = Readonly<Record<string, string | readonly string[]>>;

/** One thing a call needs: every need must be allowed. */
export type AccessNeed = {
  /** e.g. `sqs:SendMessage`. */
  readonly action: string;
  /** ARN, or `*` where the action has no resource. */
  readonly resource: string;
  /** The resource's own policy document (JSON text or parsed), where it has one. */
  readonly policy?: string | object | undefined;
  /** Service condition keys, e.g. `{ "dynamodb:LeadingKeys": ["a"] }`. Lower-level keys (aws:SourceIp …) are added by the gateway. */
  readonly conditions?: ConditionKeys | undefined;
  /** Others that cost something: asked for only when a policy has conditions. */
  readonly moreConditions?: (() => ConditionKeys) | undefined;
  /** Account that owns the resource; the caller's when absent. */
  readonly owner?: string | undefined;
};

export type Decision = {
  readonly allowed: boolean;
  /** Of the need that decided: the one that was denied, else the last. */
  readonly action: string;
  readonly resource: string;
  /** AWS's sentence: `User: arn is not authorized to perform: action on resource: arn because no identity-based policy allows the … action`. */
  readonly message: string;
  /** For people: the statement that decided, or the one that is missing, as JSON. */
  readonly explanation: string;
};

export type Credentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly expiration?: number | undefined;
};

/** What a key stands for. `secretAccessKey` undefined: nobody can know it, the signature is taken as it is. */
export type KeyOwner = {
  readonly caller: Caller;
  readonly secretAccessKey: string | undefined;
  readonly sessionToken?: string | undefined;
  readonly expiration?: number | undefined;
  /** Session tags that a chained session must keep. */ readonly transitiveTagKeys?: readonly string[] | undefined;
};

/** What STS has to know of a role. */
export type RoleFacts = {
  readonly arn: string;
  readonly name: string;
  readonly roleId: string;
  readonly trustPolicy: string;
  readonly maxSessionDuration: number;
};

/** A session to keep: `caller` lacks only its access key id. */
export type NewSession = {
  readonly caller: Caller;
  readonly seconds: number;
  readonly transitiveTagKeys?: readonly string[] | undefined;
};

export type AccessPort = {
  /** Synchronous: it is on the path of every call. `context` has global condition keys (aws:SourceIp, aws:SourceArn, …), or makes them when a policy asks. */
  decide(caller: Caller, needs: readonly AccessNeed[], context: ConditionKeys | (() => ConditionKeys)): Decision;
  /** Key issued by IAM or STS; undefined when nobody issued it. Throws InvalidClientTokenId for one that was deleted or made inactive. */
  keyOwner(accessKeyId: string): KeyOwner | undefined;
  /** For STS: the role of an ARN; undefined when there is none. */
  role(roleArn: string): RoleFacts | undefined;
  /** Whether the user or role that a resource's policy names is there; anything else that an ARN may name is. */
  principalExists(arn: string): boolean;
  /** For STS: for whom tokens of an OpenID Connect provider are; undefined when there is no such provider. */
  oidcAudiences(providerArn: string): readonly string[] | undefined;
  /** For STS: keeps a session and answers its credentials. */
  issue(session: NewSession): Credentials;
  /** For STS: the document of a managed policy; undefined when there is none. */
  managedPolicy(policyArn: string): string | undefined;
  /** The ARN of a policy that AWS manages, by its name. */
  awsManagedPolicyArn(name: string): string | undefined;
  /** Credentials for a function's code; the role's trust policy must name the service (its aws:SourceArn conditions are taken as met). */
  assumeRoleFor(roleArn: string, service: string, sessionName: string, sourceFunctionArn: string): Credentials;
  /** The caller of a role session without going through credentials (CloudFormation's execution role, a scheduler's role). The trust policy must name the service; `sourceArn` is for its aws:SourceArn conditions, which are taken as met without it. */
  roleCaller(roleArn: string, service: string, sessionName: string, sourceArn?: string): Caller;
};
