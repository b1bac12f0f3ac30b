// Documentation parts of REST APIs, as they were recorded from AWS (see ../NOTICE).

import type { Session } from "../session.ts";
import { add, apiOf, recorded, replace } from "./session.ts";

const D = "TestApiGatewayApiDocumentationPart::test_";
const location = { type: "API" };
const part = { location, properties: '{ "description": "Sample API description" }' };
const updated = '{ "description": "Updated Sample API description" }';

async function partOf(s: Session) {
  const api = await apiOf(s);
  const { id: documentationPartId } = await api.do("CreateDocumentationPart", part);
  return { ...api, documentationPartId };
}

const documented = {
  openapi: "3.0.0",
  info: { title: "documented", version: "1.0" },
  paths: {
    "/": {
      get: {
        responses: { "200": { description: "200 response" } },
        "x-amazon-apigateway-integration": { type: "mock" },
      },
    },
  },
  components: { schemas: { Pet: { type: "object" } } },
  "x-amazon-apigateway-documentation": {
    version: "1.0.3",
    documentationParts: [
      {
        location: { type: "API" },
        properties: {
          description: "API description",
          info: { description: "API info description 4", version: "API info version 3" },
        },
      },
      { location: { type: "METHOD", method: "GET", path: "/" }, properties: { description: "Method description." } },
      { location: { type: "MODEL", name: "Pet" }, properties: { title: "Pet Schema" } },
      {
        location: { type: "RESPONSE", method: "GET", path: "/", statusCode: "200" },
        properties: { description: "200 response" },
      },
    ],
  },
};

recorded(import.meta.url, "apigateway-api", {
  async [`${D}doc_parts_crud_no_api`](s) {
    const restApiId = "test-fake-rest-id";
    await s.is("wrong-rest-api-id-create-doc-part", "CreateDocumentationPart", { restApiId, ...part });
    await s.is("wrong-rest-api-id-get-doc-parts", "GetDocumentationParts", { restApiId });
  },
  async [`${D}documentation_part_lifecycle`](s) {
    const { is } = await apiOf(s);
    const { id: documentationPartId } = await is("create-documentation-part", "CreateDocumentationPart", part);
    await is("get-documentation-part", "GetDocumentationPart", { documentationPartId });
    await is("get-documentation-parts", "GetDocumentationParts");
    const patchOperations = replace("/properties", updated);
    await is("update-documentation-part", "UpdateDocumentationPart", { documentationPartId, patchOperations });
    await is("get-documentation-part-after-update", "GetDocumentationPart", { documentationPartId });
    await is("delete_documentation_part", "DeleteDocumentationPart", { documentationPartId });
  },
  async [`${D}invalid_get_documentation_part`](s) {
    const { is, documentationPartId } = await partOf(s);
    const wrong = { restApiId: "api_id", documentationPartId };
    await is("get-documentation-part-invalid-api-id", "GetDocumentationPart", wrong);
    const none = { documentationPartId: "documentation_part_id" };
    await is("get-documentation-part-invalid-doc-id", "GetDocumentationPart", none);
  },
  async [`${D}invalid_get_documentation_parts`](s) {
    await s.is("get-inavlid-documentation-parts", "GetDocumentationParts", { restApiId: "api_id" });
  },
  async [`${D}invalid_update_documentation_part`](s) {
    const { is, documentationPartId } = await partOf(s);
    const update = (label: string, patchOperations: object[], more = {}) =>
      is(label, "UpdateDocumentationPart", { documentationPartId, patchOperations, ...more });
    const elsewhere = { restApiId: "api_id" };
    await update("update-documentation-part-invalid-api-id", replace("/properties", updated), elsewhere);
    await update("update-documentation-part-invalid-add-operation", add("/properties", updated));
    await update("update-documentation-part-invalid-path", replace("/invalidPath", updated));
  },
  async [`${D}invalid_create_documentation_part_operations`](s) {
    const { is } = await apiOf(s);
    const elsewhere = { ...part, restApiId: "api_id" };
    await is("create_documentation_part_invalid_api_id", "CreateDocumentationPart", elsewhere);
    const wrong = { ...part, location: { type: "INVALID" } };
    await is("create_documentation_part_invalid_location_type", "CreateDocumentationPart", wrong);
  },
  async [`${D}invalid_delete_documentation_part`](s) {
    const { is, documentationPartId } = await partOf(s);
    const wrong = { restApiId: "api_id", documentationPartId };
    await is("delete_documentation_part_wrong_api_id", "DeleteDocumentationPart", wrong);
    await is("delete_documentation_part", "DeleteDocumentationPart", { documentationPartId });
    await is("delete_already_deleted_documentation_part", "DeleteDocumentationPart", { documentationPartId });
  },
  async [`${D}import_documentation_parts`](s) {
    const body = JSON.stringify(documented);
    const { id: restApiId } = await s.do("ImportRestApi", { body, failOnWarnings: true });
    const parts = await s.is("get-documentations-parts-after-api-imports", "GetDocumentationParts", { restApiId });
    for (const { id: documentationPartId } of parts["items"] as { readonly id: string }[]) {
      await s.do("DeleteDocumentationPart", { restApiId, documentationPartId });
    }
    await s.is("import-documentation-parts", "ImportDocumentationParts", { restApiId, mode: "overwrite", body });
    await s.is("get-documentations-parts-after-import", "GetDocumentationParts", { restApiId });
  },
  async [`${D}import_documentation_parts_bad_file`](s) {
    const { is } = await apiOf(s);
    const load = (label: string, body: string) => is(label, "ImportDocumentationParts", { mode: "overwrite", body });
    await load("import-documentation-parts-bad-yaml-file", "a: b: c: [");
    await load("import-documentation-parts-bad-json-file", '{"swagger": ');
  },
});
