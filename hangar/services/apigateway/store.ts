// Tables of API Gateway, and the look-ups that fail in AWS's words.

import { operationsOn, table, type Context, type Store } from "../../cloud/operation.ts";
import { compositeKey } from "../../kernel/table.ts";
import type {
  Account,
  ApiKey,
  Authorizer,
  BasePathMapping,
  ClientCertificate,
  DocumentationPartLocation,
  DomainName,
  GatewayResponse,
  Method,
  Model,
  RequestValidator,
  RestApi,
  Stage,
  UsagePlan,
  VpcLink,
} from "../../models/apigateway.d.ts";
import { noSuchApi, noSuchMethod, noSuchResource, notFound } from "./errors.ts";

/** Times in rows are milliseconds. */
export type ApiRow = Omit<RestApi, "createdDate"> & {
  readonly id: string;
  readonly createdDate: number;
  readonly rootResourceId: string;
};
export type ResourceRow = {
  readonly id: string;
  readonly parentId?: string | undefined;
  readonly pathPart?: string | undefined;
  readonly path: string;
};
export type MethodRow = Method & { readonly resourceId: string; readonly httpMethod: string };
export type ModelRow = Model & { readonly id: string; readonly name: string; readonly schema: string };
export type ValidatorRow = RequestValidator & { readonly id: string };
export type AuthorizerRow = Authorizer & { readonly id: string; readonly type: string };
export type GatewayResponseRow = GatewayResponse & { readonly responseType: string };

export type DocumentationPartRow = {
  readonly id: string;
  readonly location: DocumentationPartLocation;
  /** The text of a JSON object. */
  readonly properties: string;
};
/** The parts as they were when the version was made. */
export type DocumentationVersionRow = {
  readonly version: string;
  readonly description?: string | undefined;
  readonly createdDate: number;
  readonly parts: readonly DocumentationPartRow[];
};

/** All that serving requests needs, as it stood when it was deployed. */
export type Snapshot = {
  readonly resources: readonly ResourceRow[];
  readonly methods: readonly MethodRow[];
  readonly models: readonly ModelRow[];
  readonly validators: readonly ValidatorRow[];
  readonly authorizers: readonly AuthorizerRow[];
  readonly gatewayResponses: readonly GatewayResponseRow[];
  readonly binaryMediaTypes: readonly string[];
  readonly apiKeySource: string;
  readonly minimumCompressionSize?: number | undefined;
  readonly policy?: string | undefined;
};
export type DeploymentRow = {
  readonly id: string;
  readonly description?: string | undefined;
  readonly createdDate: number;
  readonly snapshot: Snapshot;
};
export type StageRow = Omit<Stage, "createdDate" | "lastUpdatedDate"> & {
  readonly stageName: string;
  readonly deploymentId: string;
  readonly createdDate: number;
  readonly lastUpdatedDate: number;
};
export type ApiKeyRow = Omit<ApiKey, "createdDate" | "lastUpdatedDate"> & {
  readonly id: string;
  readonly value: string;
  readonly createdDate: number;
  readonly lastUpdatedDate: number;
};
export type UsagePlanRow = UsagePlan & { readonly id: string };
export type PlanKeyRow = { readonly planId: string; readonly keyId: string; readonly type: string };
/** Requests of one key under one plan on one day (`2024-01-31`), and what was left of the quota then. */
export type UsageRow = { readonly used: number; readonly remaining: number };
/** Where a quota period stands. `extra` is what UpdateUsage gave on top. */
export type QuotaRow = { readonly period: string; readonly used: number; readonly extra: number };
export type DomainRow = Omit<DomainName, "certificateUploadDate"> & { readonly domainName: string };
export type VpcLinkRow = VpcLink & { readonly id: string; readonly name: string };
export type CertificateRow = Omit<ClientCertificate, "createdDate" | "expirationDate"> & {
  readonly clientCertificateId: string;
  readonly pemEncodedCertificate: string;
  readonly createdDate: number;
  readonly expirationDate: number;
  /** PEM. Shown to nobody. */
  readonly privateKey: string;
};
export type MappingRow = BasePathMapping & {
  readonly domainName: string;
  readonly basePath: string;
  /** Where it was made as an API mapping. */
  readonly mappingId?: string | undefined;
};

export const tables = {
  apis: table<ApiRow>(),
  resources: table<ResourceRow>(),
  methods: table<MethodRow>(),
  models: table<ModelRow>(),
  validators: table<ValidatorRow>(),
  authorizers: table<AuthorizerRow>(),
  gatewayResponses: table<GatewayResponseRow>(),
  documentationParts: table<DocumentationPartRow>(),
  documentationVersions: table<DocumentationVersionRow>(),
  deployments: table<DeploymentRow>(),
  stages: table<StageRow>(),
  apiKeys: table<ApiKeyRow>(),
  keyValues: table<string>(),
  usagePlans: table<UsagePlanRow>(),
  planKeys: table<PlanKeyRow>(),
  usage: table<UsageRow>(),
  quotas: table<QuotaRow>(),
  domains: table<DomainRow>(),
  mappings: table<MappingRow>(),
  vpcLinks: table<VpcLinkRow>(),
  clientCertificates: table<CertificateRow>(),
  accounts: table<Account>(),
};

export type Tables = typeof tables;
export type ApiGatewayContext = Context<Tables>;
export type ApiGatewayStore = Store<Tables>;
export const operation = operationsOn<Tables>();

export const key = compositeKey;

/** Everything below an API, or below a resource of it. */
export function under(...parts: readonly string[]): { readonly prefix: string } {
  return { prefix: `${compositeKey(...parts)}\u0000` };
}

export function apiOf({ store, account }: ApiGatewayContext, id: string): ApiRow {
  const row = store.apis.get(id);
  if (row === undefined) throw noSuchApi(account, id);
  return row;
}

export function resourceOf({ store }: ApiGatewayContext, apiId: string, id: string): ResourceRow {
  const row = store.resources.get(key(apiId, id));
  if (row === undefined) throw noSuchResource();
  return row;
}

export type MethodName = { readonly restApiId: string; readonly resourceId: string; readonly httpMethod: string };

export function methodKey(name: MethodName): string {
  return key(name.restApiId, name.resourceId, name.httpMethod.toUpperCase());
}

export function methodOf(context: ApiGatewayContext, name: MethodName): MethodRow {
  resourceOf(context, name.restApiId, name.resourceId);
  const row = context.store.methods.get(methodKey(name));
  if (row === undefined) throw noSuchMethod();
  return row;
}

export function stageOf(context: ApiGatewayContext, apiId: string, name: string): StageRow {
  apiOf(context, apiId);
  const row = context.store.stages.get(key(apiId, name));
  if (row === undefined) throw notFound("Invalid stage identifier specified");
  return row;
}

export function deploymentOf(context: ApiGatewayContext, apiId: string, id: string): DeploymentRow {
  apiOf(context, apiId);
  const row = context.store.deployments.get(key(apiId, id));
  if (row === undefined) throw notFound("Invalid Deployment identifier specified");
  return row;
}

export function modelOf({ store }: ApiGatewayContext, apiId: string, name: string): ModelRow {
  const row = store.models.get(key(apiId, name));
  if (row === undefined) throw notFound(`Invalid model name specified: ${name}`);
  return row;
}

export function validatorOf({ store }: ApiGatewayContext, apiId: string, id: string): ValidatorRow {
  const row = store.validators.get(key(apiId, id));
  if (row === undefined) throw notFound("Invalid Request Validator identifier specified");
  return row;
}

export function authorizerOf(context: ApiGatewayContext, apiId: string, id: string): AuthorizerRow {
  apiOf(context, apiId);
  const row = context.store.authorizers.get(key(apiId, id));
  if (row === undefined) throw notFound("Invalid Authorizer identifier specified");
  return row;
}

export function documentationPartOf({ store }: ApiGatewayContext, apiId: string, id: string): DocumentationPartRow {
  const row = store.documentationParts.get(key(apiId, id));
  if (row === undefined) throw notFound("Invalid Documentation part identifier specified");
  return row;
}

export function documentationVersionOf(
  { store }: ApiGatewayContext,
  apiId: string,
  version: string,
): DocumentationVersionRow {
  const row = store.documentationVersions.get(key(apiId, version));
  if (row === undefined) throw notFound("Invalid Documentation version specified");
  return row;
}

export function apiKeyOf({ store }: ApiGatewayContext, id: string): ApiKeyRow {
  const row = store.apiKeys.get(id);
  if (row === undefined) throw notFound("Invalid API Key identifier specified");
  return row;
}

export function usagePlanOf({ store }: ApiGatewayContext, id: string): UsagePlanRow {
  const row = store.usagePlans.get(id);
  if (row === undefined) throw notFound("Invalid Usage Plan ID specified");
  return row;
}

export function planKeyOf(context: ApiGatewayContext, planId: string, keyId: string): PlanKeyRow {
  usagePlanOf(context, planId);
  const row = context.store.planKeys.get(key(planId, keyId));
  if (row === undefined) throw notFound("Invalid API Key identifier specified");
  return row;
}

export function domainOf({ store }: ApiGatewayContext, name: string): DomainRow {
  const row = store.domains.get(name.toLowerCase());
  if (row === undefined) throw notFound("Invalid domain name identifier specified");
  return row;
}

export function vpcLinkOf({ store }: ApiGatewayContext, id: string): VpcLinkRow {
  const row = store.vpcLinks.get(id);
  if (row === undefined) throw notFound("Invalid Vpc Link identifier specified");
  return row;
}

export function certificateOf({ store }: ApiGatewayContext, id: string): CertificateRow {
  const row = store.clientCertificates.get(id);
  if (row === undefined) throw notFound("Invalid Client Certificate identifier specified");
  return row;
}

/** The empty base path is written `(none)`. */
export function mappingOf(context: ApiGatewayContext, domain: string, basePath: string): MappingRow {
  domainOf(context, domain);
  const row = context.store.mappings.get(key(domain.toLowerCase(), basePath));
  if (row === undefined) throw notFound("Invalid base path mapping identifier specified");
  return row;
}
