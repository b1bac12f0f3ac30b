// API Gateway's operations on gateway responses, by API name.

import { deleteGatewayResponse } from "../operations/gateway-response/delete-gateway-response.ts";
import { getGatewayResponse } from "../operations/gateway-response/get-gateway-response.ts";
import { getGatewayResponses } from "../operations/gateway-response/get-gateway-responses.ts";
import { putGatewayResponse } from "../operations/gateway-response/put-gateway-response.ts";
import { updateGatewayResponse } from "../operations/gateway-response/update-gateway-response.ts";

export const gatewayResponseOperations = {
  DeleteGatewayResponse: deleteGatewayResponse,
  GetGatewayResponse: getGatewayResponse,
  GetGatewayResponses: getGatewayResponses,
  PutGatewayResponse: putGatewayResponse,
  UpdateGatewayResponse: updateGatewayResponse,
};
