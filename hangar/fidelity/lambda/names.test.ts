// Names of functions and qualifiers that AWS refuses, as they were recorded from it (see ../NOTICE).

import type { Answer, Session } from "../session.ts";
import { given, recorded, withoutPattern } from "./session.ts";

type Named = { readonly FunctionName: string; readonly Qualifier?: string };

const arn = (region: string, account: string, rest: string): string => `arn:aws:lambda:${region}:${account}:${rest}`;
const here = (rest: string): string => arn("us-east-1", "000000000000", rest);
const long = (length: number): string => "a".repeat(length);

/** CreateFunction takes these: nothing was recorded. */
const CREATED = new Set(["incomplete_arn", "qualifier_too_long1", "function_name_and_qualifier_too_long"]);

const CASES: Readonly<Record<string, Named>> = {
  invalid_characters_in_function_name: { FunctionName: "my-function!" },
  invalid_characters_in_qualifier: { FunctionName: "my-function", Qualifier: "invalid!" },
  function_name_is_single_invalid: { FunctionName: "*" },
  function_name_too_long: { FunctionName: long(65) },
  qualifier_too_long: { FunctionName: "my-function", Qualifier: long(129) },
  qualifier_too_long1: { FunctionName: "my-function", Qualifier: long(65) },
  function_name_and_qualifier_too_long: { FunctionName: "my-function", Qualifier: long(65) },
  qualifier_too_long0: { FunctionName: "my-function", Qualifier: long(129) },
  invalid_account_id_in_partial_arn: { FunctionName: "invalid-account:function:my-function" },
  invalid_region_in_arn: { FunctionName: arn("invalid-region", "000000000000", "function:my-function") },
  non_lambda_arn: { FunctionName: "arn:aws:ec2:us-east-1:000000000000:instance:i-1234567890abcdef0" },
  function_name_too_long_and_invalid_region: {
    FunctionName: arn("invalid-region", "000000000000", `function:my-function${long(170)}`),
  },
  full_arn_and_qualifier_too_long_and_invalid_region: {
    FunctionName: arn("invalid-region", "000000000000", `function:my-function-${long(170)}`),
    Qualifier: long(129),
  },
  full_arn_with_multiple_qualifiers: { FunctionName: here("function:my-function:1:2") },
  incomplete_arn: { FunctionName: "arn:aws:lambda:us-east-1:000000000000:function" },
  partial_arn_with_extra_qualifier: { FunctionName: "function:my-function:$LATEST:extra" },
  latest_version_with_additional_qualifier: { FunctionName: here("function:my-function:$LATEST"), Qualifier: "1" },
  lowercase_latest_qualifier: { FunctionName: here("function:my-function"), Qualifier: "$latest" },
  missing_region_in_arn: { FunctionName: "arn:aws:lambda::000000000000:function:my-function" },
  missing_account_id_in_arn: { FunctionName: "arn:aws:lambda:us-east-1::function:my-function" },
  misspelled_latest_in_arn: { FunctionName: here("function:my-function:$LATES") },
};

const NAMED = { get_function: "GetFunction", delete_function: "DeleteFunction", invoke: "Invoke" };

/** The tests took messages of several violations apart. */
function shown(answer: Answer): unknown {
  const { Code, Message = "" } = (answer["Error"] ?? {}) as {
    readonly Code?: string;
    readonly Message?: string;
  };
  const [, count, list] = /^(\d+) validation errors? detected: (.*)$/s.exec(Message) ?? [];
  if (list === undefined) return { Code, Message };
  const Errors = list.split(/; (?=Value ')/).toSorted();
  return withoutPattern({ Code, Count: Number(count), Errors });
}

/** Long names were recorded by their length. */
function written(recordedAnswer: unknown): unknown {
  const { Errors, ...answer } = JSON.parse(
    JSON.stringify(recordedAnswer).replaceAll(/<a:len\((\d+)\)>/g, (_all, length: string) => long(Number(length))),
  ) as { readonly Errors?: string[] };
  return withoutPattern(Errors === undefined ? answer : { ...answer, Errors: Errors.toSorted() });
}

const whole = ({ FunctionName, Qualifier }: Named): object => ({
  ...given,
  FunctionName: Qualifier === undefined ? FunctionName : `${FunctionName}:${Qualifier}`,
});

const test = "TestLambdaFunction::test_function_name_and_qualifier_validation";
const drivers = Object.entries(CASES).flatMap(([id, input]) => [
  ...Object.entries(NAMED).map(([name, operation]): [string, (s: Session) => Promise<void>] => [
    `${test}[${id}-${name}]`,
    async (s) => s.matches(`${name}_exception`, shown(await s.ask(operation, input)), written),
  ]),
  ...(CREATED.has(id)
    ? []
    : [
        [
          `${test}[${id}-create_function]`,
          async (s: Session) =>
            s.matches("create_function_exception", shown(await s.ask("CreateFunction", whole(input))), written),
        ] as const,
      ]),
]);

recorded(import.meta.url, "lambda-api", Object.fromEntries(drivers));
