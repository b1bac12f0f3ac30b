// Gateway responses, as they were recorded from AWS (see ../NOTICE).

import type { Input, Session } from "../session.ts";
import { add, apiOf, recorded, remove, replace, type Patch } from "./session.ts";

const G = "TestApiGatewayGatewayResponse::test_";
const responseParameters = {
  "gatewayresponse.header.x-request-path": "method.request.path.petId",
  "gatewayresponse.header.Access-Control-Allow-Origin": "'a.b.c'",
  "gatewayresponse.header.x-request-query": "method.request.querystring.q",
  "gatewayresponse.header.x-request-header": "method.request.header.Accept",
};
const accepted = { "gatewayresponse.header.x-request-header": "method.request.header.Accept" };
const template = `{
     "message": $context.error.messageString,
     "type":  "$context.error.responseType",
     "stage":  "$context.stage",
     "resourcePath":  "$context.resourcePath",
     "stageVariables.a":  "$stageVariables.a",
     "statusCode": "'404'"
}`;
const responseTemplates = { "application/json": template };
const missing = { responseType: "MISSING_AUTHENTICATION_TOKEN" };

/** Sorted, as the tests did. */
async function all(s: Session, restApiId: string): Promise<void> {
  const answer = await s.do("GetGatewayResponses", { restApiId });
  const items = answer["items"] as { readonly responseType: string }[];
  const inOrder = items.toSorted((a, b) => (a.responseType < b.responseType ? -1 : 1));
  s.matches("get-gateway-responses", { ...answer, items: inOrder });
}

recorded(import.meta.url, "apigateway-api", {
  async [`${G}gateway_response_crud`](s) {
    const { id, is } = await apiOf(s);
    await is("get-gateway-response-default", "GetGatewayResponse", missing);
    const own = { ...missing, statusCode: "404", responseParameters, responseTemplates };
    await is("put-gateway-response", "PutGatewayResponse", own);
    await all(s, id);
    await is("get-gateway-response", "GetGatewayResponse", missing);
    await is("delete-gateway-response", "DeleteGatewayResponse", missing);
    await is("get-deleted-gw-response", "GetGatewayResponse", missing);
  },
  async [`${G}gateway_response_put`](s) {
    const { id, is } = await apiOf(s);
    const put = (label: string, input: Input) => is(label, "PutGatewayResponse", { ...missing, ...input });
    await put("put-gateway-response-all-value", { statusCode: "404", responseParameters, responseTemplates });
    await put("put-gateway-response-status-only", { statusCode: "404" });
    await put("put-gateway-response-response-parameters-only", { responseParameters: accepted });
    await put("put-gateway-response-response-templates-only", { responseTemplates });
    const failure = { responseType: "DEFAULT_5XX", statusCode: "599" };
    await put("put-gateway-response-default-5xx", { ...failure, responseParameters: accepted, responseTemplates });
    const foo = { "gatewayresponse.header.foo": "'bar'" };
    const ignored = { responseType: "AUTHORIZER_FAILURE", responseParameters: foo };
    await put("put-gateway-response-default-ignored", ignored);
    await all(s, id);
  },
  async [`${G}gateway_response_validation`](s) {
    const { is } = await apiOf(s);
    const nowhere = { restApiId: "fake-api-id", responseType: "DEFAULT_4XX" };
    await is("get-gateway-responses-no-api", "GetGatewayResponses", nowhere);
    await is("get-gateway-response-no-api", "GetGatewayResponse", nowhere);
    await is("delete-gateway-response-no-api", "DeleteGatewayResponse", nowhere);
    await is("update-gateway-response-no-api", "UpdateGatewayResponse", { ...nowhere, patchOperations: [] });
    await is("delete-gateway-response-not-set", "DeleteGatewayResponse", { responseType: "DEFAULT_4XX" });
    const fake = { responseType: "FAKE_RESPONSE_TYPE" };
    await is("get-gateway-response-wrong-response-type", "GetGatewayResponse", fake);
    await is("delete-gateway-response-wrong-response-type", "DeleteGatewayResponse", fake);
    const none = { ...fake, patchOperations: [] };
    await is("update-gateway-response-wrong-response-type", "UpdateGatewayResponse", none);
    const put = { ...fake, statusCode: "404", responseParameters: {}, responseTemplates: {} };
    await is("put-gateway-response-wrong-response-type", "PutGatewayResponse", put);
  },
  async [`${G}update_gateway_response`](s) {
    const { is } = await apiOf(s);
    const own = { responseType: "DEFAULT_4XX" };
    const update = (label: string, patchOperations: Patch[] | object[], input: Input = own) =>
      is(label, "UpdateGatewayResponse", { ...input, patchOperations });
    await update("update-gateway-response-not-set", replace("/statusCode", "444"));
    await is("default-get-gateway-response", "GetGatewayResponse", own);
    const nested = JSON.stringify({ "application/json": '{"message":$context.error.messageString}' });
    const put = { ...own, statusCode: "404", responseParameters, responseTemplates: { "application/json": nested } };
    await is("put-gateway-response", "PutGatewayResponse", put);
    const origin = "/responseParameters/gatewayresponse.header.Access-Control-Allow-Origin";
    const xml = "/responseTemplates/application~1xml";
    const error = "$context.error";
    const body = `<message>${error}.messageString</message><type>${error}.responseType</type>`;
    await update("update-gateway-response", [
      ...replace("/statusCode", "444"),
      ...replace(origin, "'example.com'"),
      ...add(xml, `<gatewayResponse>${body}</gatewayResponse>`),
    ]);
    await is("get-gateway-response", "GetGatewayResponse", own);
    await update("update-gateway-add-status-code", add("/statusCode", "444"));
    await update("update-gateway-remove-status-code", remove("/statusCode"));
    const other = { responseType: "DEFAULT_5XX" };
    await update("update-gateway-replace-invalid-parameter", replace(origin, "'example.com'"), other);
    await update("update-gateway-no-path", [{ op: "add", value: "'example.com'" }]);
    await update("update-gateway-wrong-op", [{ op: "wrong-op", path: "/statusCode", value: "'example.com'" }]);
    await update("update-gateway-wrong-path", add("/wrongPath", "'example.com'"));
    await update("update-gateway-replace-invalid-parameter-0-none", replace(xml));
    await update("update-gateway-replace-invalid-parameter-1-none", replace(origin));
  },
});
