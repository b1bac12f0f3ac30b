// The rows an OpenAPI definition becomes: what is there already under the same name or path keeps its id.

import { badRequest } from "../../errors.ts";
import {
  under,
  type ApiGatewayStore,
  type ApiRow,
  type AuthorizerRow,
  type GatewayResponseRow,
  type MethodRow,
  type ModelRow,
  type ResourceRow,
  type ValidatorRow,
} from "../../store.ts";
import { checkAuthorizer } from "../authorizer.ts";
import { newGatewayResponse } from "../gateway-responses.ts";
import { checkIntegrationResponse } from "../integration-response.ts";
import { checkIntegration, newIntegration } from "../integration.ts";
import { checkQuota } from "../quotas.ts";
import { checkPart, childPath } from "../resource-tree.ts";
import type { Definition, DraftMethod } from "./definition.ts";

export type ApiRows = {
  readonly resources: readonly ResourceRow[];
  readonly methods: readonly MethodRow[];
  readonly models: readonly ModelRow[];
  readonly validators: readonly ValidatorRow[];
  readonly authorizers: readonly AuthorizerRow[];
  readonly gatewayResponses: readonly GatewayResponseRow[];
};

/** `keep` is merging: what the definition does not name stays. */
export function rowsOf(
  store: ApiGatewayStore,
  api: ApiRow,
  definition: Definition,
  { keep, newId }: { readonly keep: boolean; newId(): string },
): ApiRows {
  const there = under(api.id);
  const merge = <Row extends { readonly id: string; readonly name?: string | undefined }>(
    before: readonly Row[],
    drafts: readonly (Omit<Row, "id"> & { readonly name?: string | undefined })[],
  ): readonly Row[] => {
    const ids = new Map(before.map((row) => [row.name, row.id]));
    const rows = drafts.map((draft) => ({ ...draft, id: ids.get(draft.name) ?? newId() }) as unknown as Row);
    const named = new Set(rows.map((row) => row.name));
    return keep ? [...before.filter((row) => !named.has(row.name)), ...rows] : rows;
  };
  const models = merge([...store.models.rows(there)], definition.models);
  const validators = merge([...store.validators.rows(there)], definition.validators);
  const authorizers = merge([...store.authorizers.rows(there)], definition.authorizers);
  for (const row of authorizers) checkAuthorizer(row);
  const resources = treeOf([...store.resources.rows(there)], api, definition, { keep, newId });
  checkQuota("Authorizers", authorizers.length - 1);
  checkQuota("Resources", resources.size - 1);
  const methods = definition.methods.map((draft) => methodRow(draft, { resources, models, validators, authorizers }));
  const replaced = new Set(methods.map((row) => `${row.resourceId} ${row.httpMethod}`));
  const before = keep ? [...store.methods.rows(there)] : [];
  const set = definition.gatewayResponses.map(newGatewayResponse);
  const own = keep ? [...store.gatewayResponses.rows(there)] : [];
  return {
    resources: [...resources.values()],
    methods: [...before.filter((row) => !replaced.has(`${row.resourceId} ${row.httpMethod}`)), ...methods],
    models,
    validators,
    authorizers,
    gatewayResponses: [...own.filter((row) => set.every((each) => each.responseType !== row.responseType)), ...set],
  };
}

/** Path to resource. */
function treeOf(
  before: readonly ResourceRow[],
  api: ApiRow,
  { paths }: Definition,
  { keep, newId }: { readonly keep: boolean; newId(): string },
): ReadonlyMap<string, ResourceRow> {
  const known = new Map(before.map((row) => [row.path, row]));
  const root: ResourceRow = { id: api.rootResourceId, path: "/" };
  const tree = new Map(keep ? known : [["/", root]]);
  for (const segments of paths) {
    let parent = root;
    for (const pathPart of segments) {
      const path = childPath(parent, pathPart);
      let row = tree.get(path);
      if (row === undefined) {
        const { id: parentId } = parent;
        checkPart(
          pathPart,
          parent,
          [...tree.values()].filter((each) => each.parentId === parentId),
        );
        row = { id: known.get(path)?.id ?? newId(), parentId, pathPart, path };
        tree.set(path, row);
      }
      parent = row;
    }
  }
  return tree;
}

type Named = Pick<ApiRows, "models" | "validators" | "authorizers"> & {
  readonly resources: ReadonlyMap<string, ResourceRow>;
};

function methodRow({ segments, method, integration }: DraftMethod, named: Named): MethodRow {
  const resourceId = named.resources.get(`/${segments.join("/")}`)?.id ?? "";
  const { authorizerId, requestValidatorId, ...rest } = method;
  const validator = named.validators.find((row) => row.name === requestValidatorId)?.id;
  if (requestValidatorId !== undefined && validator === undefined)
    throw badRequest("Invalid Request Validator identifier specified");
  const responses = Object.values(method.methodResponses ?? {});
  const models = [method.requestModels, ...responses.map((response) => response.responseModels)];
  for (const name of models.flatMap((map) => Object.values(map ?? {}))) {
    if (named.models.every((row) => row.name !== name)) throw badRequest(`Invalid model identifier specified: ${name}`);
  }
  const authorizer = named.authorizers.find((row) => row.name === authorizerId)?.id;
  const row: MethodRow = {
    ...rest,
    resourceId,
    ...(authorizer === undefined ? {} : { authorizerId: authorizer }),
    ...(validator === undefined ? {} : { requestValidatorId: validator }),
  };
  if (integration === undefined) return row;
  const input = { ...integration.input, restApiId: "", resourceId, httpMethod: row.httpMethod };
  checkIntegration(input);
  for (const response of Object.values(integration.responses)) checkIntegrationResponse(response);
  const responsesGiven = Object.keys(integration.responses).length > 0;
  return {
    ...row,
    methodIntegration: {
      ...newIntegration(input, resourceId),
      ...(responsesGiven ? { integrationResponses: integration.responses } : {}),
    },
  };
}
