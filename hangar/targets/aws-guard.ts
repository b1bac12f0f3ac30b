// What stands between a command and a real account: all that this machine says about where calls go must agree with what was asked for.

import type { StackArtifact } from "./assembly.ts";
import type { ConfigFile } from "./aws-config-file.ts";
import { proxyFor } from "./proxy-variables.ts";

/** What the person said, in so many words. */
export type Expected = {
  readonly account: string;
  readonly region: string;
  /** Of one's own, such as a VPC endpoint; AWS's when absent. */
  readonly endpoint?: string | undefined;
};

/** What this machine says. */
export type HostFacts = {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly config: ConfigFile;
  readonly credentials: ConfigFile;
  /** `profile` in cdk.json files, which the CDK CLI obeys: file -> name. */
  readonly cdkProfiles: Readonly<Record<string, string>>;
};

type Profile = Readonly<Record<string, string>>;

/** Throws an Error when what was asked for is not said in full. */
export function expectedOf(said: { readonly [name in keyof Expected]?: string | undefined }): Expected {
  const { account, region, endpoint } = said;
  if (account === undefined || !/^\d{12}$/.test(account))
    throw new Error("--target aws needs the account it may write to: --account with 12 digits.");
  if (region === undefined || !/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region))
    throw new Error("--target aws needs the region it may write to: --region, such as eu-west-1.");
  if (endpoint !== undefined && !URL.canParse(endpoint)) throw new Error(`--endpoint-url ${endpoint} is no URL.`);
  return { account, region, endpoint };
}

/** A sentence for each thing that disagrees; none when nothing does. */
export function disagreements(expected: Expected, host: HostFacts): readonly string[] {
  return [
    ...wrongEndpoints(expected, host),
    ...proxies(expected, host),
    ...wrongRegions(expected, host),
    ...wrongProfiles(host),
    ...wrongAccounts(expected, host),
  ];
}

/** A stack, or a role it is deployed with, that belongs elsewhere. */
export function foreignStacks({ account, region }: Expected, stacks: readonly StackArtifact[]): readonly string[] {
  return stacks.flatMap((stack) => [
    ...(stack.account === undefined || stack.account === account
      ? []
      : [`the stack ${stack.stackName} is for account ${stack.account}`]),
    ...(stack.region === undefined || stack.region === region
      ? []
      : [`the stack ${stack.stackName} is for region ${stack.region}`]),
    ...stack.roles.flatMap((role) => {
      const owner = accountOf(role);
      return owner === undefined || owner === account ? [] : [`the stack ${stack.stackName} is deployed with ${role}`];
    }),
  ]);
}

export function refusal({ account, region }: Expected, reasons: readonly string[], whose = "You asked for"): Error {
  return new Error(
    `Nothing was written. ${whose} account ${account} in ${region}, but:\n${reasons.map((each) => `  - ${each}`).join("\n")}`,
  );
}

function wrongEndpoints({ endpoint }: Expected, host: HostFacts): readonly string[] {
  const wanted = endpoint === undefined ? "AWS's own" : endpoint;
  const differs = (value: string | undefined): boolean =>
    value !== undefined && value !== "" && (endpoint === undefined || !sameUrl(value, endpoint));
  const fromVariables = Object.entries(host.environment).flatMap(([name, value]) =>
    /^AWS_ENDPOINT_URL(_|$)/.test(name) && differs(value) ? [`${name} is ${value}, not ${wanted}`] : [],
  );
  const fromFiles = profilesInForce(host).flatMap(([name, profile]) => {
    const services = profile["services"];
    const section = services === undefined ? {} : (host.config.get(`services ${services}`) ?? {});
    return [
      ...Object.entries(profile).map(([key, value]) => [key, value, `the profile ${name}`] as const),
      ...Object.entries(section).map(([key, value]) => [key, value, `the services section ${services}`] as const),
    ].flatMap(([key, value, where]) =>
      /(^|\.)endpoint_url$/.test(key) && differs(value) ? [`${key} in ${where} is ${value}, not ${wanted}`] : [],
    );
  });
  return [...fromVariables, ...fromFiles];
}

/** What STS answered would be true of another way than the one that writes take. */
function proxies({ region, endpoint }: Expected, { environment }: HostFacts): readonly string[] {
  const urls = endpoint === undefined ? CALLED.map((each) => `https://${each}.${region}.amazonaws.com`) : [endpoint];
  const [through] = urls.flatMap((url) => proxyFor(new URL(url), environment) ?? []);
  return through === undefined
    ? []
    : [
        `${through.name} is ${through.proxy}: the CDK CLI would call through it and the SDK, which asks STS, would not; unset it, or name ${endpoint === undefined ? ".amazonaws.com" : new URL(endpoint).hostname} in NO_PROXY`,
      ];
}

/** By the CDK CLI, of all services. */
const CALLED = ["sts", "cloudformation", "s3", "ssm"] as const;

function wrongRegions({ region }: Expected, host: HostFacts): readonly string[] {
  const named = ["AWS_REGION", "AWS_DEFAULT_REGION"].flatMap((name) => {
    const value = host.environment[name];
    return value === undefined || value === "" ? [] : [[name, value] as const];
  });
  if (named.length > 0) return named.flatMap(([name, value]) => (value === region ? [] : [`${name} is ${value}`]));
  const [[name, profile] = ["", {}]] = profilesInForce(host);
  const own = (profile as Profile)["region"];
  return own === undefined || own === region
    ? []
    : [`the profile ${name} is for region ${own}; set AWS_REGION=${region} if you mean it`];
}

function wrongProfiles(host: HostFacts): readonly string[] {
  const { AWS_PROFILE, AWS_DEFAULT_PROFILE, AWS_ACCESS_KEY_ID } = host.environment;
  const named = profileName(host);
  const [first] = profilesInForce(host);
  return [
    ...(named !== undefined && first === undefined ? [`there is no profile ${named} in the AWS config files`] : []),
    ...(AWS_PROFILE && AWS_DEFAULT_PROFILE && AWS_PROFILE !== AWS_DEFAULT_PROFILE
      ? [`AWS_PROFILE is ${AWS_PROFILE} and AWS_DEFAULT_PROFILE is ${AWS_DEFAULT_PROFILE}`]
      : []),
    ...(named !== undefined && AWS_ACCESS_KEY_ID
      ? [`AWS_PROFILE is ${named} and AWS_ACCESS_KEY_ID is set too: unset the one that is not meant`]
      : []),
    ...Object.entries(host.cdkProfiles).map(
      ([file, profile]) =>
        `${file} names the profile ${profile} for the CDK CLI, which gets the credentials that STS answered for: take it out and set AWS_PROFILE`,
    ),
  ];
}

function wrongAccounts({ account }: Expected, host: HostFacts): readonly string[] {
  const { AWS_ACCOUNT_ID, AWS_ROLE_ARN } = host.environment;
  const [[name, profile] = ["", {}]] = profilesInForce(host);
  const { role_arn, sso_account_id, aws_account_id } = profile as Profile;
  const claims = [
    ["AWS_ACCOUNT_ID", AWS_ACCOUNT_ID],
    ["the role in AWS_ROLE_ARN", accountOf(AWS_ROLE_ARN)],
    [`the role of the profile ${name}`, accountOf(role_arn)],
    [`sso_account_id of the profile ${name}`, sso_account_id],
    [`aws_account_id of the profile ${name}`, aws_account_id],
  ] as const;
  return claims.flatMap(([what, value]) =>
    value === undefined || value === "" || value === account ? [] : [`${what} is for account ${value}`],
  );
}

/** The profile that the SDK would take and those it leans on, the first first. Empty when it does not exist. */
function profilesInForce(host: HostFacts): readonly (readonly [string, Profile])[] {
  const found = new Map<string, Profile>();
  let name: string | undefined = profileName(host) ?? "default";
  while (name !== undefined && !found.has(name)) {
    const title = `profile ${name}`;
    if (!host.config.has(title) && !host.credentials.has(title)) break;
    const profile: Profile = { ...host.credentials.get(title), ...host.config.get(title) };
    found.set(name, profile);
    name = profile["source_profile"];
  }
  return [...found];
}

function profileName({ environment }: HostFacts): string | undefined {
  return environment["AWS_PROFILE"] || environment["AWS_DEFAULT_PROFILE"] || undefined;
}

function accountOf(arn: string | undefined): string | undefined {
  return /^arn:[^:]+:iam::(\d{12}):/.exec(arn ?? "")?.[1];
}

/** What stands in AWS's place; undefined for AWS's own endpoints, a VPC's among them. */
export function standsIn({ endpoint }: Expected): string | undefined {
  if (endpoint === undefined) return undefined;
  return /\.(amazonaws\.com(\.cn)?|api\.aws)$/.test(new URL(endpoint).hostname) ? undefined : endpoint;
}

function sameUrl(one: string, other: string): boolean {
  return URL.canParse(one) && new URL(one).href === new URL(other).href;
}
