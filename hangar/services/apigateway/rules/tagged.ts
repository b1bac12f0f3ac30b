// The thing that a tagged ARN names: how its tags are read and written.

import { notFound } from "../errors.ts";
import {
  apiKeyOf,
  apiOf,
  certificateOf,
  domainOf,
  key,
  stageOf,
  usagePlanOf,
  vpcLinkOf,
  type ApiGatewayContext,
} from "../store.ts";

type Tags = Readonly<Record<string, string>>;
type Tagged = { readonly tags: Tags; set(tags: Tags): void };

/** `arn:aws:apigateway:<region>::/restapis/<id>[/stages/<name>]`, `/apikeys/…`, `/usageplans/…`, `/domainnames/…`, `/vpclinks/…`, `/clientcertificates/…`. */
export function taggedBy(context: ApiGatewayContext, arn: string): Tagged {
  const { store } = context;
  const [kind = "", id = "", below, name = ""] = (
    /^arn:[^:]+:apigateway:[^:]*:[^:]*:\/(.+)$/.exec(arn)?.[1] ?? ""
  ).split("/");
  if (kind === "restapis" && below === undefined) {
    const row = apiOf(context, id);
    return { tags: row.tags ?? {}, set: (tags) => store.apis.put(id, { ...row, tags }) };
  }
  if (kind === "restapis" && below === "stages") {
    const row = stageOf(context, id, name);
    return { tags: row.tags ?? {}, set: (tags) => store.stages.put(key(id, name), { ...row, tags }) };
  }
  if (kind === "apikeys") {
    const row = apiKeyOf(context, id);
    return { tags: row.tags ?? {}, set: (tags) => store.apiKeys.put(id, { ...row, tags }) };
  }
  if (kind === "usageplans") {
    const row = usagePlanOf(context, id);
    return { tags: row.tags ?? {}, set: (tags) => store.usagePlans.put(id, { ...row, tags }) };
  }
  if (kind === "domainnames") {
    const row = domainOf(context, id);
    return { tags: row.tags ?? {}, set: (tags) => store.domains.put(row.domainName, { ...row, tags }) };
  }
  if (kind === "vpclinks") {
    const row = vpcLinkOf(context, id);
    return { tags: row.tags ?? {}, set: (tags) => store.vpcLinks.put(id, { ...row, tags }) };
  }
  if (kind === "clientcertificates") {
    const row = certificateOf(context, id);
    return { tags: row.tags ?? {}, set: (tags) => store.clientCertificates.put(id, { ...row, tags }) };
  }
  throw notFound("Invalid Resource identifier specified");
}
