// Rows as API Gateway answers them: dates for milliseconds, nothing of ours.

import type {
  ApiKey,
  Deployment,
  DocumentationVersion,
  GatewayResponse,
  Method,
  Resource,
  RestApi,
  Stage,
} from "../../../models/apigateway.d.ts";
import type {
  ApiKeyRow,
  ApiRow,
  DeploymentRow,
  DocumentationVersionRow,
  MethodRow,
  ResourceRow,
  StageRow,
} from "../store.ts";

export function apiAnswer(row: ApiRow): RestApi {
  const { policy, ...rest } = row;
  return {
    ...rest,
    createdDate: new Date(Math.floor(row.createdDate / 1000) * 1000),
    // AWS hands the policy back with its quotes escaped.
    ...(policy === undefined ? {} : { policy: policy.replaceAll('"', '\\"') }),
  };
}

export function importedAnswer({
  api,
  warnings,
}: {
  readonly api: ApiRow;
  readonly warnings: readonly string[];
}): RestApi {
  return { ...apiAnswer(api), ...(warnings.length > 0 && { warnings }) };
}

export function methodAnswer({ resourceId: _resourceId, ...method }: MethodRow): Method {
  return method;
}

/** `methods` are those of the resource; `embed` shows them in full, otherwise only their names. */
export function resourceAnswer(row: ResourceRow, methods: readonly MethodRow[], embed: boolean): Resource {
  const named = methods.map((method) => [method.httpMethod, embed ? methodAnswer(method) : {}] as const);
  return {
    id: row.id,
    ...(row.parentId === undefined ? {} : { parentId: row.parentId, pathPart: row.pathPart }),
    path: row.path,
    ...(named.length === 0 ? {} : { resourceMethods: Object.fromEntries(named) }),
  };
}

export function deploymentAnswer(row: DeploymentRow, summary = false): Deployment {
  return {
    id: row.id,
    ...(row.description === undefined ? {} : { description: row.description }),
    createdDate: new Date(row.createdDate),
    ...(summary ? { apiSummary: summaryOf(row) } : {}),
  };
}

function summaryOf({ snapshot }: DeploymentRow): NonNullable<Deployment["apiSummary"]> {
  const paths = new Map(snapshot.resources.map((resource) => [resource.id, resource.path]));
  const summary: Record<string, Record<string, { authorizationType?: string; apiKeyRequired: boolean }>> = {};
  for (const method of snapshot.methods) {
    const path = paths.get(method.resourceId) ?? "/";
    (summary[path] ??= {})[method.httpMethod] = {
      authorizationType: method.authorizationType ?? "NONE",
      apiKeyRequired: method.apiKeyRequired ?? false,
    };
  }
  return summary;
}

export function stageAnswer(row: StageRow): Stage {
  return { ...row, createdDate: new Date(row.createdDate), lastUpdatedDate: new Date(row.lastUpdatedDate) };
}

export function versionAnswer({ parts: _parts, ...row }: DocumentationVersionRow): DocumentationVersion {
  return { ...row, createdDate: new Date(row.createdDate) };
}

export function apiKeyAnswer(row: ApiKeyRow, withValue: boolean): ApiKey {
  const { value, ...rest } = row;
  return {
    ...rest,
    ...(withValue ? { value } : {}),
    createdDate: new Date(row.createdDate),
    lastUpdatedDate: new Date(row.lastUpdatedDate),
  };
}

/** What was never set answers with API Gateway's own words. */
export function gatewayResponseAnswer(row: GatewayResponse): GatewayResponse {
  return {
    responseType: row.responseType,
    ...(row.statusCode === undefined ? {} : { statusCode: row.statusCode }),
    responseParameters: row.responseParameters ?? {},
    responseTemplates: row.responseTemplates ?? {},
    defaultResponse: row.defaultResponse ?? false,
  };
}
