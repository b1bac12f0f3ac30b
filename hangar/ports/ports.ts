// Every capability one service may ask of another; cloud/cloud.ts binds them to the services that give them.

import type { CallOptions } from "../cloud/operation.ts";
import type { AccessPort } from "./access.ts";
import type { ApiAccountPort } from "./api-account.ts";
import type { DataStreamsPort } from "./data-streams.ts";
import type { DomainNamesPort } from "./domain-names.ts";
import type { FunctionsPort } from "./functions.ts";
import type { HttpApisPort } from "./http-apis.ts";
import type { IdentityPoolsPort } from "./identity-pools.ts";
import type { ImagesPort } from "./images.ts";
import type { KeysPort } from "./keys.ts";
import type { LogsPort } from "./logs.ts";
import type { ObjectsPort } from "./objects.ts";
import type { QueuesPort } from "./queues.ts";
import type { ParametersPort, SecretsPort } from "./secrets.ts";
import type { ResourceRegistry } from "./stacks.ts";
import type { StoragePort } from "./storage.ts";
import type { StreamsPort } from "./streams.ts";
import type { TableStreamsPort } from "./table-streams.ts";
import type { TargetsPort } from "./targets.ts";
import type { UserPoolsPort } from "./user-pools.ts";

/** Any API operation by name, validated, authorised, traced: for AWS integrations, SDK targets, Cloud Control, the CDK's own custom resources. */
export type ApiPort = {
  call(
    service: string,
    operation: string,
    input: Readonly<Record<string, unknown>>,
    options?: CallOptions,
  ): Promise<Record<string, unknown>>;
};

/** Ports that a service provides: each is made for the calling context. */
export type ProvidedPorts = {
  readonly access: AccessPort;
  readonly functions: FunctionsPort;
  readonly queues: QueuesPort;
  readonly streams: StreamsPort;
  readonly tableStreams: TableStreamsPort;
  readonly dataStreams: DataStreamsPort;
  readonly logs: LogsPort;
  readonly keys: KeysPort;
  readonly secrets: SecretsPort;
  readonly parameters: ParametersPort;
  readonly objects: ObjectsPort;
  readonly storage: StoragePort;
  readonly domainNames: DomainNamesPort;
  readonly httpApis: HttpApisPort;
  readonly apiAccount: ApiAccountPort;
  readonly userPools: UserPoolsPort;
  readonly identityPools: IdentityPoolsPort;
  readonly images: ImagesPort;
};

/** Ports that the cloud itself provides. */
export type HousePorts = { readonly api: ApiPort; readonly targets: TargetsPort; readonly resources: ResourceRegistry };

export type Ports = ProvidedPorts & HousePorts;
