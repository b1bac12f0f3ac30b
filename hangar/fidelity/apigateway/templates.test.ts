// What $input.path and $input.body print, as they were recorded from AWS (see ../NOTICE).

import type { Session } from "../session.ts";
import { functionOf, invocations } from "./functions.ts";
import { integrationOf, invoke } from "./mock.ts";
import { roleOf } from "./services.ts";
import { apiOf, recorded, type Api } from "./session.ts";

const C = "TestApiGatewayCommon::test_";
const json = (template: string) => ({ "application/json": template });
const read = '#set($result = $input.path("$.json"))';

const paths: Readonly<Record<string, string>> = {
  whole: `${read}$result`,
  nested: `${read}$result.nested`,
  item: '$input.path("$.json[0]")',
  items: `${read}#foreach($item in $result)$item.nested#end`,
  text: `${read}$result.toString()`,
  empty: `${read}{"body": $result, "nested": $result.nested, "isNull": #if($result == $null)"true"#{else}"false"#end, "isEmptyString": #if($result == "")"true"#{else}"false"#end}`,
};

/** An API whose function answers what a template made of the body, and deploys it. */
async function echo(s: Session, routes: Readonly<Record<string, readonly [string, string?]>>): Promise<Api> {
  const credentials = await roleOf(s);
  await functionOf(s, "return event;");
  const api = await apiOf(s);
  const to = { type: "AWS", integrationHttpMethod: "POST", uri: invocations, credentials };
  for (const [route, [request, response]] of Object.entries(routes)) {
    const responseTemplates = response === undefined ? {} : json(response);
    await integrationOf(api, `POST /${route}`, { ...to, requestTemplates: json(request) }, { responseTemplates });
  }
  await api.do("CreateDeployment", { stageName: "dev" });
  return api;
}

const foo = { foo: "bar" };
const labels: readonly (readonly [string, string, unknown])[] = [
  ["dict-response", "whole", { json: foo }],
  ["json-list", "whole", { json: [foo] }],
  ["nested-dict", "nested", { json: { nested: foo } }],
  ["nested-list", "nested", { json: { nested: [foo] } }],
  ["dict-in-list", "item", { json: [foo] }],
  ["list-with-nested-list", "items", { json: [{ nested: [foo] }] }],
  ["dict-with-nested-list", "whole", { json: { foo: [{ nested: "bar" }] } }],
  ["bigger-dict", "whole", { json: { bigger: "dict", to: "test", with: "separators" } }],
  ["to-string", "text", { json: foo }],
  ["list-to-string", "text", { json: { list: [foo] } }],
  ["empty-body", "empty", {}],
  ["nested-empty-list", "empty", { json: [] }],
  ["nested-null-list", "empty", { json: null }],
];

recorded(import.meta.url, "apigateway-common", {
  async [`${C}input_path_template_formatting`](s) {
    const routes = Object.entries(paths).map(([name, response]) => [name, ["$input.json('$')", response]] as const);
    const api = await echo(s, Object.fromEntries(routes));
    for (const [label, route, value] of labels) {
      const headers = { "Content-Type": "application/json" };
      const { body } = await invoke(s, api.id, `POST /dev/${route}`, { headers, body: JSON.stringify(value) });
      s.matches(label, body);
    }
  },
});
