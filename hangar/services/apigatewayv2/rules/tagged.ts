// Tags by ARN: of APIs and stages here, of domain names where REST APIs keep them.

import { badRequest } from "../errors.ts";
import { apiOf, key, stageOf, type ApiGatewayV2Context } from "../store.ts";

type Tags = Readonly<Record<string, string>>;
export type TagChange = { readonly set: Tags; readonly remove: readonly string[] };

const ARN = /^arn:[^:]+:apigateway:[^:]*:[^:]*:\/(apis|domainnames)\/([^/]+)(?:\/stages\/(.+))?$/;
const MOST = 50;

function named(arn: string): { readonly kind: string; readonly id: string; readonly stage: string | undefined } {
  const [, kind, id, stage] = ARN.exec(arn) ?? [];
  if (kind === undefined || id === undefined) throw badRequest(`Invalid resource ARN specified: ${arn}`);
  return { kind, id, stage };
}

export async function tagsOf(context: ApiGatewayV2Context, arn: string): Promise<Tags> {
  const { kind, id, stage } = named(arn);
  if (kind === "domainnames") {
    const { tags = {} } = await context.ports.api.call("apigateway", "GetTags", { resourceArn: arn });
    return tags as Tags;
  }
  return (stage === undefined ? apiOf(context, id).Tags : stageOf(context, id, stage).Tags) ?? {};
}

export async function changeTags(context: ApiGatewayV2Context, arn: string, change: TagChange): Promise<void> {
  const { kind, id, stage } = named(arn);
  const { api } = context.ports;
  if (kind === "domainnames") {
    if (change.remove.length > 0)
      await api.call("apigateway", "UntagResource", { resourceArn: arn, tagKeys: change.remove });
    else await api.call("apigateway", "TagResource", { resourceArn: arn, tags: change.set });
  } else if (stage === undefined) {
    const row = apiOf(context, id);
    context.store.apis.put(id, { ...row, Tags: after(row.Tags, change) });
  } else {
    const row = stageOf(context, id, stage);
    context.store.stages.put(key(id, stage), { ...row, Tags: after(row.Tags, change) });
  }
}

function after(before: Tags = {}, { set, remove }: TagChange): Tags {
  const tags = Object.entries({ ...before, ...set }).filter(([name]) => !remove.includes(name));
  if (tags.length > MOST) throw badRequest(`The number of tags exceeds the limit of ${MOST}`);
  return Object.fromEntries(tags);
}
