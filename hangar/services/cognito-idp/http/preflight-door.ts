// Browsers ask before a page of another origin calls: unsigned calls of Cognito, identity pools too, are for all pages, as on AWS.

import type { HttpDoor } from "../../../cloud/service.ts";
import { OPEN_TO_PAGES } from "../../../kernel/open-to-pages.ts";
import type { Tables } from "../store.ts";

export const preflightDoor: HttpDoor<Tables> = {
  name: "cognito-idp.preflight",
  match({ method, path, headers }) {
    if (method !== "OPTIONS" || path !== "/") return undefined;
    const asked = headers["access-control-request-headers"]?.toLowerCase() ?? "";
    // Only Cognito's JSON calls are unsigned; a page never signs.
    return asked.includes("x-amz-target") && !asked.includes("authorization") ? { data: asked } : undefined;
  },
  async handle(_request, asked: string) {
    return {
      status: 200,
      headers: {
        ...OPEN_TO_PAGES,
        "access-control-allow-headers": asked,
        "access-control-allow-methods": "POST",
        "access-control-max-age": "172800",
      },
    };
  },
};
