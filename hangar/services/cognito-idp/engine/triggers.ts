// Calls the functions a pool has for its events, with AWS's payloads, and reads what they answer.
// https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-identity-pools-working-with-aws-lambda-triggers.html

import { within } from "../../../cloud/deadline.ts";
import type { Principal } from "../../../cloud/operation.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import type { LambdaConfigType } from "../../../models/cognito-idp.d.ts";
import type { Invocation } from "../../../ports/functions.ts";
import { badLambdaAnswer, lambdaNotInvoked, lambdaRefused } from "../errors.ts";
import { arnOf, type Place, type PoolRow, type UserRow } from "../store.ts";

export type TriggerName =
  | "PreSignUp"
  | "CustomMessage"
  | "PostConfirmation"
  | "PreAuthentication"
  | "PostAuthentication"
  | "DefineAuthChallenge"
  | "CreateAuthChallenge"
  | "VerifyAuthChallengeResponse"
  | "PreTokenGeneration"
  | "UserMigration";

export type Metadata = Readonly<Record<string, string>> | undefined;

export type TriggerEvent = {
  readonly trigger: TriggerName;
  /** e.g. `PreSignUp_SignUp`. */
  readonly source: string;
  readonly username: string;
  /** Absent for what administrators do. */
  readonly client?: string | undefined;
  readonly request: object;
  /** With the members that the function may set. */
  readonly response: object;
};

export type TriggerAnswer = Readonly<Record<string, unknown>>;

/** The function's ARN, and the version of the event that it is sent. */
export function triggerOf(
  { settings }: Pick<PoolRow, "settings">,
  trigger: TriggerName,
): { readonly arn: string; readonly version: string } | undefined {
  const config: LambdaConfigType = settings.LambdaConfig ?? {};
  const versioned = trigger === "PreTokenGeneration" ? config.PreTokenGenerationConfig : undefined;
  if (versioned !== undefined) return { arn: versioned.LambdaArn, version: VERSIONS[versioned.LambdaVersion] ?? "1" };
  const arn = config[trigger];
  return arn === undefined || arn === "" ? undefined : { arn, version: "1" };
}

const VERSIONS: Readonly<Record<string, string>> = { V1_0: "1", V2_0: "2", V3_0: "3" };

/** What the function answers; undefined where the pool has none. */
export async function runTrigger(place: Place, event: TriggerEvent): Promise<TriggerAnswer | undefined> {
  const found = triggerOf(place.pool, event.trigger);
  if (found === undefined) return undefined;
  const payload = { ...eventOf(place, { ...event, version: found.version }), response: event.response };
  return answerOf(event.trigger, await invoke(place, event.trigger, found.arn, JSON.stringify(payload)));
}

/** What all functions are told. */
export function eventOf(
  { pool }: Place,
  {
    version,
    source,
    username,
    client,
    request,
  }: Pick<TriggerEvent, "source" | "username" | "client" | "request"> & { readonly version: string },
): object {
  return {
    version,
    region: pool.region,
    userPoolId: pool.id,
    userName: username,
    callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: client ?? "CLIENT_ID_NOT_APPLICABLE" },
    triggerSource: source,
    request,
  };
}

/** A function has five seconds; one that is late is asked again, three times in all. */
const TIME_LIMIT = 5000;
const MOST_TRIES = 3;
const LATE = "Socket timeout while invoking Lambda function";

async function invoke(place: Place, trigger: string, arn: string, payload: string): Promise<Invocation> {
  const { context } = place;
  const topic = `cognito-idp.trigger:${context.ids.uuid()}`;
  for (let tries = 1; ; tries++) {
    const began = context.clock.now();
    let late = false;
    try {
      return await within(context, {
        milliseconds: TIME_LIMIT,
        topic,
        run: () => context.ports.functions.invoke(arn, payload, asPool(place)),
        late: () => {
          late = true;
          return lambdaNotInvoked(trigger, LATE);
        },
      });
    } catch (error) {
      if (!(error instanceof AwsError) || error.code === "NotEmulated") throw error;
      if (!late) throw lambdaNotInvoked(trigger, error.code);
      // Whoever hangs up ends the wait before its time.
      if (tries === MOST_TRIES || context.clock.now() < began + TIME_LIMIT) throw error;
    }
  }
}

/** How the pool introduces itself to functions. */
export function asPool({ pool }: Pick<Place, "pool">): Principal {
  return { service: "cognito-idp.amazonaws.com", sourceArn: arnOf(pool), sourceAccount: pool.account };
}

function answerOf(trigger: string, { payload, functionError }: Invocation): TriggerAnswer {
  const answer = read(payload);
  if (functionError !== undefined) {
    const { errorMessage } = (answer ?? {}) as { readonly errorMessage?: unknown };
    throw lambdaRefused(trigger, typeof errorMessage === "string" ? errorMessage : "");
  }
  const response = (answer as { readonly response?: unknown } | undefined)?.response;
  if (typeof response !== "object" || response === null || Array.isArray(response)) throw badLambdaAnswer();
  return response as TriggerAnswer;
}

function read(payload: Uint8Array): unknown {
  try {
    const value: unknown = JSON.parse(Buffer.from(payload).toString());
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A user's attributes as functions are told of them. */
export function toldAttributes({ sub, attributes, status }: UserRow): Readonly<Record<string, string>> {
  return { sub, "cognito:user_status": status, ...attributes };
}

export function withMetadata(clientMetadata: Metadata): object {
  return clientMetadata === undefined ? {} : { clientMetadata };
}
