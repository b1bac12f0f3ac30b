// What parameter mappings of HTTP APIs may name.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html

import { badRequest } from "../errors.ts";
import type { IntegrationRow } from "../store.ts";

const REQUEST = /^(?:(?:append|overwrite|remove):(?:header|querystring)\.\S+|overwrite:path)$/;
const RESPONSE = /^(?:(?:append|overwrite|remove):header\.\S+|overwrite:statuscode)$/;

const RESERVED =
  /^(?:access-control-.*|apigw-.*|authorization|connection|content-encoding|content-length|content-location|forwarded|keep-alive|origin|proxy-authenticate|proxy-authorization|te|trailers|transfer-encoding|upgrade|x-amz-.*|x-amzn-.*|x-forwarded-.*|via)$/i;

export function checkParameters({
  IntegrationSubtype,
  RequestParameters = {},
  ResponseParameters = {},
}: IntegrationRow): void {
  if (IntegrationSubtype === undefined) for (const name of Object.keys(RequestParameters)) checkName(name, REQUEST);
  for (const [status, parameters] of Object.entries(ResponseParameters)) {
    if (!/^[2-5]\d\d$/.test(status)) throw badRequest(`Invalid status code for response parameters: ${status}`);
    for (const name of Object.keys(parameters)) checkName(name, RESPONSE);
  }
}

function checkName(name: string, known: RegExp): void {
  if (!known.test(name)) throw badRequest(`Invalid mapping expression specified: ${name}`);
  const header = /:header\.(.+)$/.exec(name)?.[1];
  if (header !== undefined && RESERVED.test(header)) throw badRequest(`Operations on header ${header} are restricted`);
}
