// Takes a function's image out of ECR, as Lambda: its repository must let Lambda in, or the caller let Lambda arrange that.
// https://docs.aws.amazon.com/lambda/latest/dg/images-create.html#gettingstarted-images-permissions

import { AwsError } from "../../../kernel/aws-error.ts";
import type { ImageName, PulledImage } from "../../../ports/images.ts";
import { imageForbidden } from "../errors.ts";
import { functionArn } from "../rules/function-name.ts";
import type { LambdaContext } from "../store.ts";

const PULLS = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

/** Undefined when ECR has no such image. */
export async function pullImage(
  context: LambdaContext,
  name: ImageName,
  functionName: string,
): Promise<PulledImage | undefined> {
  const sourceArn = functionArn(context, functionName);
  const lambda = { service: "lambda.amazonaws.com", sourceArn, sourceAccount: context.account };
  const pull = (): Promise<PulledImage | undefined> => context.ports.images.pull(name, lambda);
  try {
    return await pull();
  } catch (error) {
    if (!isDenial(error)) throw error;
  }
  try {
    if (name.account === context.account) await letLambdaIn(context, name);
    return await pull();
  } catch (error) {
    throw isDenial(error) ? imageForbidden() : error;
  }
}

const isDenial = (error: unknown): boolean => error instanceof AwsError && error.code === "AccessDeniedException";

/** As the caller. */
async function letLambdaIn(context: LambdaContext, { region, repository: repositoryName }: ImageName): Promise<void> {
  const { api } = context.ports;
  const present = await api.call("ecr", "GetRepositoryPolicy", { repositoryName }, { region }).then(
    ({ policyText }) => String(policyText),
    (error: unknown) => {
      if (error instanceof AwsError && error.code === "RepositoryPolicyNotFoundException") return "{}";
      throw error;
    },
  );
  const policy = JSON.parse(present) as { readonly Statement?: object | readonly object[] };
  const own = {
    Sid: "LambdaECRImageRetrievalPolicy",
    Effect: "Allow",
    Principal: { Service: "lambda.amazonaws.com" },
    Action: PULLS,
    Condition: {
      StringLike: { "aws:sourceArn": `arn:aws:lambda:${context.region}:${context.account}:function:*` },
    },
  };
  const policyText = JSON.stringify({
    Version: "2008-10-17",
    ...policy,
    Statement: [policy.Statement ?? [], own].flat(),
  });
  await api.call("ecr", "SetRepositoryPolicy", { repositoryName, policyText }, { region });
}
