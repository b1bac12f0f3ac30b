// What API Gateway itself answers when it refuses a request: JSON with a message, readable from a web page.
import { ResponseType } from "aws-cdk-lib/aws-apigateway";
import type { RestApi } from "aws-cdk-lib/aws-apigateway";

const refusals: Record<string, { type: ResponseType; statusCode?: string; message?: string }> = {
  BadBody: { type: ResponseType.BAD_REQUEST_BODY, statusCode: "400" },
  BadParameters: { type: ResponseType.BAD_REQUEST_PARAMETERS, statusCode: "400" },
  Unauthorized: { type: ResponseType.UNAUTHORIZED, statusCode: "401", message: '"Sign in first"' },
  AccessDenied: { type: ResponseType.ACCESS_DENIED, statusCode: "403", message: '"This sign-in does not allow that"' },
  Default4xx: { type: ResponseType.DEFAULT_4XX },
  Default5xx: { type: ResponseType.DEFAULT_5XX },
};

export function addRefusals(api: RestApi): void {
  for (const [id, { type, statusCode, message }] of Object.entries(refusals)) {
    api.addGatewayResponse(id, {
      type,
      ...(statusCode === undefined ? {} : { statusCode }),
      responseHeaders: { "Access-Control-Allow-Origin": "'*'" },
      templates: { "application/json": `{"message":${message ?? "$context.error.messageString"}}` },
    });
  }
}
