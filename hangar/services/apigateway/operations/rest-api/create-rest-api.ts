// Makes a REST API with its root resource. https://docs.aws.amazon.com/apigateway/latest/api/API_CreateRestApi.html

import { notEmulated } from "../../../../kernel/aws-error.ts";
import type { CreateRestApiInput, CreateRestApiOutput } from "../../../../models/apigateway.d.ts";
import { apiAnswer } from "../../rules/answers.ts";
import { checkApi, endpointOf, firstModels } from "../../rules/rest-api.ts";
import { key, operation, type ApiRow } from "../../store.ts";

export const createRestApi = operation<CreateRestApiInput, CreateRestApiOutput>((input, { store, ids, clock }) => {
  checkApi(input);
  if (input.cloneFrom !== undefined) throw notEmulated("cloning a REST API (cloneFrom)");
  const { cloneFrom: _cloneFrom, binaryMediaTypes, endpointConfiguration, ...rest } = input;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  const row: ApiRow = {
    ...(given as Partial<ApiRow>),
    id: ids.lower(10),
    createdDate: clock.now(),
    apiKeySource: input.apiKeySource ?? "HEADER",
    disableExecuteApiEndpoint: input.disableExecuteApiEndpoint ?? false,
    endpointConfiguration: endpointOf(endpointConfiguration),
    rootResourceId: ids.lower(10),
    ...(binaryMediaTypes === undefined || binaryMediaTypes.length === 0 ? {} : { binaryMediaTypes }),
  };
  store.apis.put(row.id, row);
  store.resources.put(key(row.id, row.rootResourceId), { id: row.rootResourceId, path: "/" });
  for (const model of firstModels([ids.lower(6), ids.lower(6)])) store.models.put(key(row.id, model.name), model);
  return apiAnswer(row);
});
