// What HTTP APIs ask of custom domain names, which they share with REST APIs.

export type ApiMapping = {
  readonly id: string;
  readonly domainName: string;
  /** Empty where the whole name is mapped; may have several segments. */
  readonly basePath: string;
  readonly apiId: string;
  readonly stage: string;
};

export type DomainNamesPort = {
  /** Throws NotFoundException when there is no such name. */
  mappings(domainName: string): Promise<readonly ApiMapping[]>;
  mappingsTo(apiId: string, stage: string): Promise<readonly ApiMapping[]>;
  /** Whether a REST API has such a stage. */
  hasRestApi(apiId: string, stage: string): Promise<boolean>;
  /** A mapping of the same id gives way. */
  put(mapping: ApiMapping): Promise<void>;
  remove(mapping: ApiMapping): Promise<void>;
};
