// Functions that take a while to be made and changed, on the world's clock. https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html

import type { CallContext } from "../cloud/context.ts";
import { AwsError } from "../kernel/aws-error.ts";
import type { Table } from "../kernel/table.ts";
import type { Trait } from "./traits.ts";

/** What is being done to a function, until when. */
type Busy = { readonly what: "creating" | "updating"; readonly until: number };
type Input = { readonly FunctionName?: unknown; readonly DryRun?: unknown };
type Answer = Readonly<Record<string, unknown>>;

/** AWS publishes no times: usual ones of a zip file's function, in milliseconds. */
const TAKES: Readonly<Record<Busy["what"], number>> = { creating: 3000, updating: 4000 };
const BEGIN: Readonly<Record<string, Busy["what"]>> = {
  CreateFunction: "creating",
  UpdateFunctionCode: "updating",
  UpdateFunctionConfiguration: "updating",
};
const CHANGES = /^(UpdateFunction(Code|Configuration)|PublishVersion)$/;
/** While it is made nothing else can be done with it. */
const USES =
  /^(Invoke|InvokeAsync|InvokeWithResponseStream|CreateAlias|PutProvisionedConcurrencyConfig|CreateFunctionUrlConfig)$/;

export const functionStates: Trait = {
  operation: ({ name: service }, operation, run) => {
    if (service !== "lambda") return undefined;
    const begins = BEGIN[operation];
    if (
      begins === undefined &&
      !CHANGES.test(operation) &&
      !USES.test(operation) &&
      !operation.startsWith("GetFunction")
    )
      return undefined;
    return async (input: Input, context) => {
      const name = nameOf(input);
      const busy = busyWith(name, context);
      if (busy !== undefined) refuse(operation, busy, name, context);
      const answer = (await run(input as never, context)) as Answer;
      if (begins !== undefined && input.DryRun !== true)
        busyFunctions(context).put(name, { what: begins, until: context.clock.now() + TAKES[begins] });
      return busy === undefined ? answer : told(operation, answer, busy);
    };
  },
};

function refuse(operation: string, { what }: Busy, name: string, { account, region }: CallContext): void {
  const cannot = "The operation cannot be performed at this time.";
  if (what === "creating" && (USES.test(operation) || CHANGES.test(operation)))
    throw conflict(`${cannot} The function is currently in the following state: Pending`);
  if (what === "updating" && CHANGES.test(operation))
    throw conflict(
      `${cannot} An update is in progress for resource: arn:aws:lambda:${region}:${account}:function:${name}`,
    );
}

function conflict(message: string): AwsError {
  return new AwsError("ResourceConflictException", message, { status: 409, members: { Type: "User" } });
}

/** The answer with the state in which the function still is. */
function told(operation: string, answer: Answer, { what }: Busy): Answer {
  const { LastUpdateStatus: _, ...lasting } = (
    operation === "GetFunction" ? answer["Configuration"] : answer
  ) as Answer;
  const reason = "The function is being created.";
  const configuration =
    what === "creating"
      ? { ...lasting, State: "Pending", StateReason: reason, StateReasonCode: "Creating" }
      : {
          ...lasting,
          LastUpdateStatus: "InProgress",
          LastUpdateStatusReason: reason,
          LastUpdateStatusReasonCode: "Creating",
        };
  if (operation === "GetFunction") return { ...answer, Configuration: configuration };
  return operation === "GetFunctionConfiguration" ? configuration : answer;
}

function busyWith(name: string, context: CallContext): Busy | undefined {
  const busy = busyFunctions(context).get(name);
  return busy === undefined || busy.until <= context.clock.now() ? undefined : busy;
}

function busyFunctions({ world, account, region }: CallContext): Table<Busy> {
  return world.table(`stand-in/${account}/${region}/functions`);
}

/** Of a name, a part of an ARN or a whole one, with a qualifier or without. */
function nameOf({ FunctionName }: Input): string {
  const text = String(FunctionName);
  return /function:([^:]+)/.exec(text)?.[1] ?? text.split(":")[0] ?? "";
}
