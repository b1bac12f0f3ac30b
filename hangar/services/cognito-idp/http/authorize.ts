// /oauth2/authorize: sends the browser to sign in, then back to the app with a code or with tokens.
// https://docs.aws.amazon.com/cognito/latest/developerguide/authorization-endpoint.html

import type { HttpResponse } from "../../../cloud/service.ts";
import { askingOf, back } from "./asking.ts";
import { visit } from "./federation.ts";
import { granted } from "./granted.ts";
import { browserOf, redirect, type Hosted } from "./hosted-request.ts";

export async function authorize(hosted: Hosted): Promise<HttpResponse> {
  const asking = askingOf(hosted);
  if ("status" in asking) return asking;
  const { provider } = asking;
  const browser = browserOf(hosted);
  const named = hosted.query.has("identity_provider") || hosted.query.has("idp_identifier");
  if (provider !== undefined && (named || browser === undefined)) return visit(hosted, asking, provider);
  if (browser === undefined || hosted.query.get("prompt") === "login") {
    if (hosted.query.get("prompt") === "none") return back(asking, { error: "login_required" });
    const query = new URLSearchParams(hosted.query);
    query.delete("prompt");
    return redirect(`/login?${query.toString()}`);
  }
  return granted(asking, browser);
}
