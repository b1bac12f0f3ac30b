// The AWS target: the CDK CLI with the credentials that STS has just answered for, and nothing before that.

import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { hostTime } from "../kernel/host-time.ts";
import { readAssembly, selected, type StackArtifact } from "./assembly.ts";
import { disagreements, foreignStacks, refusal, type Expected, type HostFacts } from "./aws-guard.ts";
import { cdk, cdkDeploy, cdkDiff } from "./cdk-cli.ts";
import { describedStack } from "./described-stack.ts";
import { NO_CONFIG_FILES } from "./no-config-files.ts";
import { settlePolling } from "./polled-settle.ts";
import type { Promotable, Session } from "./promotable.ts";
import { sdkCaller } from "./sdk-call.ts";
import type { ClientSettings, Credentials, DeployedStack } from "./target.ts";
import { watchedIn } from "./watched.ts";

export type AwsAccess = {
  readonly expected: Expected;
  readonly host: HostFacts;
  /** Where the SDK and the CDK CLI are installed. */
  readonly project: string;
};

/** Who writes, by STS's word. */
export type Identity = { readonly arn: string; readonly credentials: Credentials };

/** Throws an Error that says what disagrees, and that nothing was written. Every write is preceded by it. */
export async function identify({ expected, host, project }: AwsAccess): Promise<Identity> {
  const reasons = disagreements(expected, host);
  if (reasons.length > 0) throw refusal(expected, reasons);
  try {
    const credentials = await resolvedCredentials(project, clientsFor(expected));
    const call = sdkCaller(project, { ...clientsFor(expected), credentials });
    const { Account, Arn } = await call("sts", "GetCallerIdentity", {});
    if (Account === expected.account) return { arn: String(Arn), credentials };
    throw refusal(expected, [`the credentials are those of ${String(Arn)}, account ${String(Account)}`]);
  } catch (error) {
    if (error instanceof Error && error.message.startsWith("Nothing was written")) throw error;
    throw refusal(expected, [`STS could not be asked who is calling: ${(error as Error).message}`]);
  }
}

/** `assembly` is deployed as it is: nothing is synthesised again. */
export function awsTarget(access: AwsAccess, assembly: string): Promotable {
  const { expected, project } = access;
  const { account, region, endpoint } = expected;
  const clients = clientsFor(expected);
  const guarded = async (): Promise<Session> => {
    const { credentials } = await identify(access);
    const foreign = foreignStacks(expected, readAssembly(assembly));
    if (foreign.length > 0) throw refusal(expected, foreign);
    const environment = awsEnvironment(access, credentials);
    return {
      call: sdkCaller(project, { ...clients, credentials }),
      run: { project, assembly, home: `aws-${account}`, environment },
    };
  };
  return {
    name: "aws",
    endpoint,
    account,
    region,
    clients,
    session: guarded,
    finish,
    deploy: async (stack) => {
      const session = await guarded();
      const changed = await cdkDeploy(session.run, stack);
      return { ...(await finish(stack, session)), changed };
    },
    diff: async (stack) => cdkDiff((await guarded()).run, stack),
    destroy: async (stackName, progress) => {
      const [stack] = selected(readAssembly(assembly), [stackName]) as [StackArtifact];
      const { call, run } = await guarded();
      if ((await describedStack(call, stackName)) === undefined)
        return progress(`${stackName}: there is no such stack`);
      await cdk(run, ["destroy", stack.path, "--exclusively", "--force"]);
    },
    outputs: async (stackName) => (await describedStack((await guarded()).call, stackName))?.outputs,
    watched: async (stackNames) => watchedIn((await guarded()).call, stackNames),
    settle: async (stackNames) => {
      const { call } = await guarded();
      await settlePolling({ target: "aws", watched: await watchedIn(call, stackNames), call, host: hostTime }, {});
    },
  };
}

async function finish({ stackName }: StackArtifact, { call }: Session): Promise<Omit<DeployedStack, "changed">> {
  const deployed = await describedStack(call, stackName);
  if (deployed === undefined) throw new Error(`There is no stack ${stackName} after its deployment.`);
  return { stackName, ...deployed };
}

/** The host's environment for the CDK CLI, the app and the suites: they can sign as that identity only, for that region only. */
export function awsEnvironment(
  { expected: { region, endpoint }, host }: AwsAccess,
  { accessKeyId, secretAccessKey, sessionToken }: Credentials,
): Record<string, string | undefined> {
  const kept = Object.entries(host.environment).filter(([name]) => !LEADS_ELSEWHERE.test(name));
  return {
    ...Object.fromEntries(kept),
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: sessionToken }),
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EC2_METADATA_DISABLED: "true",
    ...NO_CONFIG_FILES,
    ...(endpoint === undefined ? {} : { AWS_ENDPOINT_URL: endpoint, AWS_ENDPOINT_URL_S3: endpoint }),
  };
}

const LEADS_ELSEWHERE =
  /^AWS_(PROFILE|DEFAULT_PROFILE|ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|SECURITY_TOKEN|ROLE_ARN|ROLE_SESSION_NAME|WEB_IDENTITY_TOKEN_FILE|CONTAINER_.*|CONFIG_FILE|SHARED_CREDENTIALS_FILE|REGION|DEFAULT_REGION|ENDPOINT_URL.*)$|^CDK_DEFAULT_/;

function clientsFor({ region, endpoint }: Expected): ClientSettings {
  return endpoint === undefined ? { region } : { region, endpoint, forcePathStyle: true, disableHostPrefix: true };
}

type Provider = () => Promise<Credentials>;
type Chain = (settings: object) => Provider;
type Sts = new (settings: ClientSettings & { readonly credentialDefaultProvider: Chain }) => {
  readonly config: { readonly credentials: Provider };
};

/** What the SDK's own chain finds: it is asked once, and what it answers is what signs. Files are read anew: they may have changed since. */
async function resolvedCredentials(project: string, clients: ClientSettings): Promise<Credentials> {
  const path = createRequire(join(project, "package.json")).resolve("@aws-sdk/client-sts");
  const chainPath = createRequire(path).resolve("@aws-sdk/credential-provider-node");
  const { STSClient } = (await import(pathToFileURL(path).href)) as { readonly STSClient: Sts };
  const { defaultProvider } = (await import(pathToFileURL(chainPath).href)) as { readonly defaultProvider: Chain };
  const credentialDefaultProvider: Chain = (settings) => defaultProvider({ ...settings, ignoreCache: true });
  const client = new STSClient({ ...clients, credentialDefaultProvider });
  const { accessKeyId, secretAccessKey, sessionToken } = await client.config.credentials();
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
}
