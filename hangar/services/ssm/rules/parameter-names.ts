// Names of parameters: what AWS takes, and how names, ARNs and selectors stand for one another.

import { accessDenied, hierarchyTooDeep, validationException } from "../errors.ts";

const RULE =
  'can\'t be prefixed with "aws" or "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_';

export function checkName(name: string): void {
  if (/^\/(aws|ssm)(\/|$)/i.test(name)) throw accessDenied(`No access to reserved parameter name: ${name}.`);
  if (/^\/?(aws|ssm)/i.test(name) || !/^[a-zA-Z0-9_.\-/]+$/.test(name) || /\/\/|.\/$/.test(name))
    throw validationException(`Parameter name: ${RULE}`);
  if (name.includes("/") && !name.startsWith("/"))
    throw validationException("Parameter name must be a fully qualified name.");
  if (name.split("/").length - 1 > 15) throw hierarchyTooDeep();
}

export function checkPath(path: string): void {
  if (path.startsWith("/") && /^[a-zA-Z0-9_.\-/]+$/.test(path) && !/\/\//.test(path)) return;
  throw validationException(
    'The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/". It can\'t be prefixed with "aws" or "ssm" (case-insensitive). It must use only letters, numbers, or the following symbols: . (period), - (hyphen), _ (underscore). Special characters are not allowed. All sub-paths, if specified, must use the forward slash symbol "/". Valid example: /get/parameters2-/by1./path0_.',
  );
}

export function parameterArn(
  name: string,
  { region, account }: { readonly region: string; readonly account: string },
): string {
  return `arn:aws:ssm:${region}:${account}:parameter${name.startsWith("/") ? "" : "/"}${name}`;
}

export type Asked = { readonly name: string; /** Version or label. */ readonly selector: string | undefined };

/** `name`, `name:3`, `name:label` or an ARN with either. Whether an ARN's name begins with a slash only the table knows. */
export function askedFor(text: string): Asked {
  const match = /^arn:[^:]*:ssm:[^:]*:[^:]*:parameter(\/[^:]+)(?::(.+))?$/.exec(text);
  if (match !== null) {
    const path = match[1] ?? "";
    return { name: path.indexOf("/", 1) < 0 ? path.slice(1) : path, selector: match[2] };
  }
  const [name = "", selector] = text.split(":", 2);
  return { name, selector };
}
