// Takes labels off a version. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_UnlabelParameterVersion.html

import type { UnlabelParameterVersionInput, UnlabelParameterVersionOutput } from "../../../models/ssm.d.ts";
import { parameterVersionNotFound } from "../errors.ts";
import { exactly } from "../rules/read-parameter.ts";
import { operation } from "../store.ts";

export const unlabelParameterVersion = operation<UnlabelParameterVersionInput, UnlabelParameterVersionOutput>(
  ({ Name, Labels, ParameterVersion }, context) => {
    const parameter = exactly(context, Name);
    const target = parameter.versions.find((version) => version.version === Number(ParameterVersion));
    if (target === undefined) throw parameterVersionNotFound(Name, String(ParameterVersion));
    const labels = target.labels.filter((label) => !Labels.includes(label));
    context.store.parameters.put(Name, {
      ...parameter,
      versions: parameter.versions.map((version) => (version === target ? { ...version, labels } : version)),
    });
    return {
      RemovedLabels: Labels.filter((label) => target.labels.includes(label)),
      InvalidLabels: Labels.filter((label) => !target.labels.includes(label)),
    };
  },
);
