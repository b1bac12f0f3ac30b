// Serves code and layer archives under the URLs that GetFunction and GetLayerVersion hand out.

import type { HttpDoor } from "../../../cloud/service.ts";
import { codeHash } from "../rules/code-location.ts";
import type { Tables } from "../store.ts";

export const codeDoor: HttpDoor<Tables> = {
  name: "lambda.code",
  match(request) {
    const hash = request.method === "GET" ? codeHash(request.path) : undefined;
    return hash === undefined ? undefined : { data: { hash } };
  },
  async handle(_request, data: { readonly hash: string }, context) {
    if (!(await context.blobs.has(data.hash))) return { status: 404, headers: {}, body: "" };
    return { status: 200, headers: { "content-type": "application/zip" }, body: context.blobs.read(data.hash) };
  },
};
