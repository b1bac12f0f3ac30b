// Methods that are tried, and the logs of it, as they were recorded from AWS (see ../NOTICE).

import type { Answer, Input, Session } from "../session.ts";
import { mockAt } from "./mock.ts";
import { apiOf, recorded, type Api } from "./session.ts";

const T = "TestApigatewayTestInvoke::test_";
const TIME = /^\w{3} \w{3} \d\d \d\d:\d\d:\d\d UTC \d{4}/;

/** Lines by number, without the hour of the day. */
function shown({ log, latency: _latency, ...answer }: Answer): Answer {
  const lines = String(log).split("\n");
  const named = lines.map((line, at): [string, string] => [
    `line${String(at).padStart(2, "0")}`,
    line.replace(TIME, "DDD MMM dd hh:mm:ss UTC yyyy"),
  ]);
  return { ...answer, latency: "<latency>", log: Object.fromEntries(named) };
}

async function tries(s: Session, api: Api, label: string, input: Input): Promise<void> {
  s.matches(label, shown(await api.do("TestInvokeMethod", { body: "", ...input })));
}

const path = { "method.request.path.petId": true };
const mapped = { "integration.request.path.id": "method.request.path.petId" };

recorded(import.meta.url, "apigateway-api", {
  async [`${T}invoke_test_method`](s) {
    const api = await apiOf(s);
    const { id: pets } = await api.do("CreateResource", { parentId: api.root, pathPart: "pets" });
    const { id: pet } = await api.do("CreateResource", { parentId: pets, pathPart: "{petId}" });
    await mockAt(api, { resourceId: pets }, '{"pets": "all the pets"}');
    for (const httpMethod of ["GET", "POST"]) {
      const place = { resourceId: pet, httpMethod, requestParameters: path };
      await mockAt(api, place, '{"petId": "$input.params(\'petId\')"}', { requestParameters: mapped });
    }
    const label = "test-invoke-method-get";
    const all = { resourceId: pets, httpMethod: "GET" };
    const one = { resourceId: pet, httpMethod: "GET" };
    await tries(s, api, `${label}-pets`, { ...all, pathWithQueryString: "/pets" });
    await tries(s, api, `${label}-pets-bad-path`, { ...all, pathWithQueryString: "/random/test" });
    await tries(s, api, `${label}-pets-id`, { ...one, pathWithQueryString: "/pets/123" });
    await tries(s, api, `${label}-pets-id-no-path`, one);
    await tries(s, api, `${label}-pets-id-bad-path`, { ...one, pathWithQueryString: "/random/test" });
    await tries(s, api, `${label}-with-qs`, { ...one, pathWithQueryString: "/pets/123?foo=bar" });
    const body = '{"foo": "bar"}';
    const posted = { pathWithQueryString: "/pets/123", httpMethod: "POST", body };
    await tries(s, api, "test-invoke-method-post-with-body", { resourceId: pet, ...posted });
    const fails = (label_: string, input: Input) => api.is(label_, "TestInvokeMethod", { ...posted, ...input });
    await fails("resource-method-not-found", { resourceId: pets });
    await fails("resource-id-not-found", { resourceId: "invalid_res" });
    await fails("rest-api-not-found", { restApiId: "invalid_api", resourceId: pet });
  },
  async [`${T}failed_invoke_test_method`](s) {
    const api = await apiOf(s);
    const method = { resourceId: api.root, httpMethod: "GET" };
    await api.do("PutMethod", { ...method, authorizationType: "NONE" });
    const invocations = "arn:aws:lambda:us-east-1:000000000000:function:none/invocations";
    const uri = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${invocations}`;
    await api.do("PutIntegration", { ...method, type: "AWS_PROXY", integrationHttpMethod: "GET", uri });
    await tries(s, api, "test-invoke-failure", method);
  },
});

recorded(import.meta.url, "apigateway-basic", {
  "TestAPIGateway::test_update_rest_api_deployment": async (s) => {
    const api = await apiOf(s);
    await mockAt(api, { resourceId: api.root }, undefined);
    const { id: deploymentId } = await api.do("CreateDeployment", { description: "my deployment" });
    const patchOperations = [{ op: "replace", path: "/description", value: "new-description" }];
    await api.is("after-update", "UpdateDeployment", { deploymentId, patchOperations });
  },
});
