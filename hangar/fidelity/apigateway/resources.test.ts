// Resources of REST APIs, as they were recorded from AWS (see ../NOTICE).

import { add, apiOf, recorded, remove, replace, type Api } from "./session.ts";
import type { Answer } from "../session.ts";

const R = "TestApiGatewayApiResource::test_";

/** Sorted, as the tests did: API Gateway lists them in no order. */
const sorted = (answer: Answer): Answer => ({
  ...answer,
  items: (answer["items"] as { readonly path: string }[]).toSorted((a, b) => (a.path < b.path ? -1 : 1)),
});

const under = ({ is }: Api, label: string, parentId: unknown, pathPart: string) =>
  is(label, "CreateResource", { parentId, pathPart });

recorded(import.meta.url, "apigateway-api", {
  async [`${R}resource_lifecycle`](s) {
    const api = await apiOf(s);
    const all = async (label: string) => s.matches(label, sorted(await api.do("GetResources")));
    await all("rest-api-root-resource");
    const { id: resourceId } = await under(api, "create-resource", api.root, "pets");
    await all("rest-api-resources-after-create");
    await under(api, "create-subresource", resourceId, "subpets");
    await all("rest-api-resources-after-create-sub");
    await api.is("update-path-part", "UpdateResource", { resourceId, patchOperations: replace("/pathPart", "dogs") });
    await api.is("get-resp-after-update-path-part", "GetResource", { resourceId });
    await api.is("del-resource", "DeleteResource", { resourceId });
    await all("rest-api-resources-after-delete");
  },
  async [`${R}update_resource_behaviour`](s) {
    const api = await apiOf(s);
    const update = (label: string, resourceId: unknown, patchOperations: object[]) =>
      api.is(label, "UpdateResource", { resourceId, patchOperations });
    const { id: pets } = await api.do("CreateResource", { parentId: api.root, pathPart: "pets" });
    await update("nonexistent-resource", "fake-resource", replace("/pathPart", "dogs"));
    await update("invalid-path-part", pets, replace("/invalid", "dogs"));
    await update("invalid-parent-id", pets, replace("/parentId", "fake-parent-id"));
    const { id: subpets } = await under(api, "create-subresource", pets, "subpets");
    const { id: child } = await under(api, "create-subresource-child", subpets, "pets");
    await update("existing-future-sibling-path", child, replace("/parentId", api.root));
    await api.do("DeleteResource", { resourceId: child });
    await update("update-parent-id-to-subresource-id", pets, replace("/parentId", String(subpets)));
    await update("update-parent-id-to-root-id", subpets, replace("/parentId", api.root));
    await update("update-path-already-exists", subpets, replace("/pathPart", "pets"));
    await api.do("DeleteResource", { resourceId: pets });
    s.matches("resources-after-deletion", sorted(await api.do("GetResources")));
    await update("remove-unsupported", subpets, remove("/pathPart"));
    await update("add-unsupported", subpets, add("/pathPart", "added-pets"));
  },
  async [`${R}update_resource_on_root`](s) {
    const { is, root: resourceId } = await apiOf(s);
    await is("update-root-path-part", "UpdateResource", { resourceId, patchOperations: replace("/pathPart", "dogs") });
    await is("update-root-parent", "UpdateResource", { resourceId, patchOperations: replace("/parentId", "test") });
  },
  async [`${R}delete_resource`](s) {
    const { is, do: call, root } = await apiOf(s);
    const { id: resourceId } = await call("CreateResource", { parentId: root, pathPart: "pets" });
    const { id: below } = await call("CreateResource", { parentId: resourceId, pathPart: "subpets" });
    await is("delete-resource", "DeleteResource", { resourceId });
    await is("get-resources", "GetResources");
    await is("delete-subresource", "DeleteResource", { resourceId: below });
  },
  async [`${R}create_resource_parent_invalid`](s) {
    await under(await apiOf(s), "wrong-resource-parent-id", "fake-resource-id", "subpets");
  },
  async [`${R}create_proxy_resource`](s) {
    const api = await apiOf(s);
    await under(api, "create-base-proxy-resource", api.root, "{proxy+}");
    const { id: parent } = await api.do("CreateResource", { parentId: api.root, pathPart: "parent" });
    s.matches("create-proxy-sibling-resource", parent);
    const { id: proxy } = await under(api, "create-proxy-sibling-proxy-child-resource", parent, "{proxy+}");
    const { id: child } = await under(api, "create-proxy-sibling-static-child-resource", parent, "child");
    await under(api, "create-static-child-proxy-resource", child, "{proxy+}");
    s.matches("all-resources", sorted(await api.do("GetResources")));
    await api.do("DeleteResource", { resourceId: proxy });
    const { id: variable } = await under(api, "create-proxy-sibling-dynamic-child-resource", parent, "{child}");
    await under(api, "create-dynamic-child-proxy-resource", variable, "{proxy+}");
    s.matches("all-resources-2", sorted(await api.do("GetResources")));
  },
  async [`${R}create_proxy_resource_validation`](s) {
    const api = await apiOf(s);
    const { id: proxy } = await under(api, "create-base-proxy-resource", api.root, "{proxy+}");
    await under(api, "create-proxy-dynamic-sibling-resource", api.root, "{dynamic}");
    await under(api, "create-proxy-static-child-resource", proxy, "child");
    await under(api, "create-proxy-dynamic-child-resource", proxy, "{child}");
    const { id: parent } = await api.do("CreateResource", { parentId: api.root, pathPart: "parent" });
    await under(api, "create-greedy-child-resource", parent, "{child+}");
  },
});
