// One form for the addresses of AWS and of its stand-ins: `https://abc.execute-api.eu-west-1.amazonaws.com/x` and `http://127.0.0.1:4566/_aws/execute-api/abc/x` are `<Host>/abc/x`.

import type { Known } from "./scrub.ts";

const ADDRESS = /(?:https?|wss?):\/\/([A-Za-z0-9._-]+)(?::(\d+))?(\/_aws\/execute-api(?=\/))?/g;
const AWS = /\.?(?:dualstack\.)?(?:(?:[a-z]{2}(?:-[a-z]+)+-\d)\.)?(?:amazonaws\.com(?:\.cn)?|on\.aws|cloudfront\.net)$/;
const LOCAL =
  /\.?(?:(?:[a-z]{2}(?:-[a-z]+)+-\d)\.)?(?:localhost\.localstack\.cloud|localhost|\d{1,3}(?:\.\d{1,3}){3})$/;
/** What stands before the service's name goes into the path, as it does where an endpoint has no names below it. */
const LABELLED = /^(.+)\.(?:s3|execute-api)(?:-[a-z0-9-]+)?$/;

export function canonicalAddresses(text: string, { endpoints }: Pick<Known, "endpoints">): string {
  if (!text.includes("://")) return text;
  const hosts = new Set(endpoints.map((each) => new URL(each).hostname));
  return text.replaceAll(ADDRESS, (whole, host: string) => {
    const isOurs = hosts.has(host) || AWS.test(host) || LOCAL.test(host);
    if (!isOurs) return whole;
    const labels = hosts.has(host) ? "" : host.replace(AWS, "").replace(LOCAL, "");
    const label = LABELLED.exec(labels)?.[1];
    if (label !== undefined) return `<Host>/${label}`;
    const isSite = /^(.+)\.s3-website/.exec(labels)?.[1];
    return isSite === undefined ? "<Host>" : `<Host>/${isSite}`;
  });
}
