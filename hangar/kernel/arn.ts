// Amazon Resource Names: taken apart and put together.

export type Arn = {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
};

/** `arn:partition:service:region:account:resource`; undefined when the text is no ARN. */
export function parseArn(text: string): Arn | undefined {
  if (!text.startsWith("arn:")) return undefined;
  const [, partition, service, region, account, ...rest] = text.split(":");
  if (
    partition === undefined ||
    service === undefined ||
    region === undefined ||
    account === undefined ||
    rest.length === 0
  )
    return undefined;
  return { partition, service, region, account, resource: rest.join(":") };
}

/** The account of an ARN without taking the rest apart; empty when there is none. */
export function accountIn(text: string): string {
  if (!text.startsWith("arn:")) return "";
  let start = 0;
  for (let colons = 0; colons < 4; colons += 1) {
    start = text.indexOf(":", start) + 1;
    if (start === 0) return "";
  }
  const end = text.indexOf(":", start);
  return end < 0 ? "" : text.slice(start, end);
}

export function formatArn(parts: {
  service: string;
  region: string;
  account: string;
  resource: string;
  partition?: string;
}): string {
  return `arn:${parts.partition ?? "aws"}:${parts.service}:${parts.region}:${parts.account}:${parts.resource}`;
}
