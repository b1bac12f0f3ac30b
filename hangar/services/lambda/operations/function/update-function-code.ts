// Gives a function new code. https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html

import { notEmulated } from "../../../../kernel/aws-error.ts";
import type { FunctionConfiguration, UpdateFunctionCodeRequest } from "../../../../models/lambda.d.ts";
import { checkWhole } from "../../engine/code-archive.ts";
import { engineOf } from "../../engine/engines.ts";
import { takeCode } from "../../engine/function-code.ts";
import { checkSignature } from "../../rules/code-signing.ts";
import { readable } from "../../engine/sealed-variables.ts";
import { configurationAnswer } from "../../rules/configuration.ts";
import { checkRevision, findUnqualified } from "../../rules/find.ts";
import { functionArn } from "../../rules/function-name.ts";
import { publish } from "../../rules/publish.ts";
import { operation, type VersionRow } from "../../store.ts";

export const updateFunctionCode = operation<UpdateFunctionCodeRequest, FunctionConfiguration>(
  async (input, context) => {
    const { row, version: present } = findUnqualified(context, input.FunctionName);
    if (input.PublishTo !== undefined) throw notEmulated("versions of Lambda managed instances (PublishTo)");
    checkRevision(input.RevisionId, present.revisionId, "GetFunction/GetAlias");
    checkSignature(context, row.name, row.codeSigningConfig);
    const packageType = present.image === undefined ? "Zip" : "Image";
    const { code, image } = await takeCode(context, input, { functionName: row.name, packageType, doing: "updating" });
    if (image === undefined) await checkWhole(context, code, present.layers);
    const same =
      code.hash === present.code.hash && (input.Architectures?.[0] ?? present.architecture) === present.architecture;
    const next: VersionRow = {
      ...present,
      code,
      ...(image === undefined ? {} : { image: { ...image, config: present.image?.config } }),
      architecture: input.Architectures?.[0] ?? present.architecture,
      revisionId: context.ids.uuid(),
      modifiedAt: context.clock.now(),
      environmentId: same ? present.environmentId : context.ids.hex(16),
    };
    if (input.DryRun === true) return configurationAnswer(await readable(context, next), context, "updating");
    context.store.versions.put(`${row.name}:$LATEST`, next);
    if (!same) {
      const engine = engineOf(context.blobs);
      engine.retire(functionArn(context, row.name), context.world);
      if (next.runtime !== undefined) void engine.warmUp(next.runtime, context.blobs, code.hash);
    }
    if (input.Publish !== true) return configurationAnswer(await readable(context, next), context, "updating");
    const published = publish(context, row.name, next.description);
    return configurationAnswer(await readable(context, published), context, "creating", published.version);
  },
);
