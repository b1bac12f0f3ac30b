// Puts labels on a version, taking them off any other. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_LabelParameterVersion.html

import type { LabelParameterVersionInput, LabelParameterVersionOutput } from "../../../models/ssm.d.ts";
import { labelLimit, parameterVersionNotFound } from "../errors.ts";
import { exactly } from "../rules/read-parameter.ts";
import { newestOf, operation } from "../store.ts";

const LABEL = /^(?!aws|ssm|\d)[a-zA-Z0-9_.-]{1,100}$/i;

export const labelParameterVersion = operation<LabelParameterVersionInput, LabelParameterVersionOutput>(
  ({ Name, Labels, ParameterVersion }, context) => {
    const parameter = exactly(context, Name);
    const wanted = ParameterVersion ?? newestOf(parameter).version;
    const target = parameter.versions.find((version) => version.version === wanted);
    if (target === undefined) throw parameterVersionNotFound(Name, String(wanted));
    const valid = Labels.filter((label) => LABEL.test(label));
    const labels = [...new Set([...target.labels, ...valid])];
    if (labels.length > 10) throw labelLimit();
    const versions = parameter.versions.map((version) =>
      version === target
        ? { ...version, labels }
        : { ...version, labels: version.labels.filter((label) => !valid.includes(label)) },
    );
    context.store.parameters.put(Name, { ...parameter, versions });
    return { InvalidLabels: Labels.filter((label) => !LABEL.test(label)), ParameterVersion: wanted };
  },
);
