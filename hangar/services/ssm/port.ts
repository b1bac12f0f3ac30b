// What Parameter Store gives other services: a parameter's value.

import { AwsError } from "../../kernel/aws-error.ts";
import type { ParametersPort } from "../../ports/secrets.ts";
import { getParameter } from "./operations/get-parameter.ts";
import type { SsmContext } from "./store.ts";

export function parametersPort(context: SsmContext): ParametersPort {
  return {
    async value(name, version) {
      try {
        const { Parameter } = await context.call(getParameter, {
          Name: version === undefined ? name : `${name}:${version}`,
          WithDecryption: true,
        });
        return {
          value: Parameter?.Value ?? "",
          type: Parameter?.Type ?? "String",
          version: Number(Parameter?.Version ?? 1),
        };
      } catch (error) {
        if (error instanceof AwsError && /^Parameter(Version)?NotFound$/.test(error.code)) return undefined;
        throw error;
      }
    },
  };
}
