// What Parameter Store gives other services: a parameter's value.

import { unlessGone } from "../../cloud/unless-gone.ts";
import type { ParametersPort } from "../../ports/secrets.ts";
import { getParameter } from "./operations/get-parameter.ts";
import type { SsmContext } from "./store.ts";

export function parametersPort(context: SsmContext): ParametersPort {
  return {
    async value(name, version) {
      const Name = version === undefined ? name : `${name}:${version}`;
      const found = await unlessGone(context.call(getParameter, { Name, WithDecryption: true }), [
        "ParameterNotFound",
        "ParameterVersionNotFound",
      ]);
      const { Value = "", Type = "String", Version = 1 } = found?.Parameter ?? {};
      return found && { value: Value, type: Type, version: Number(Version) };
    },
  };
}
