// LocalStack's `/_aws/lambda/runtimes`: the runtimes that functions may be created with.

import type { HttpDoor } from "../../../cloud/service.ts";
import { creatable } from "../rules/runtimes.ts";
import type { Tables } from "../store.ts";

export const runtimesDoor: HttpDoor<Tables> = {
  name: "lambda.runtimes",
  match: (request) =>
    request.method === "GET" && /^\/_aws\/lambda\/runtimes\/?$/.test(request.path)
      ? { data: new URLSearchParams(request.query).getAll("filter") }
      : undefined,
  async handle(_request, filters: readonly string[]) {
    const Runtimes = creatable(filters);
    return { status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify({ Runtimes }) };
  },
};
