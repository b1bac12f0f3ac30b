// A template's text, from the request itself or from the bucket its URL names.

import type { Caller, Context } from "../../../cloud/operation.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import { constraintBroken, invalid } from "../errors.ts";
import type { Tables } from "../store.ts";

const MOST = 1_048_576;
const MOST_INLINE = 51_200;
const MORE = "For more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html";

export type TemplateSource = { readonly TemplateBody?: string | undefined; readonly TemplateURL?: string | undefined };

export async function readTemplate(
  source: TemplateSource,
  as: Caller,
  context: Context<Tables>,
): Promise<string | undefined> {
  if (source.TemplateBody !== undefined && source.TemplateURL !== undefined)
    throw invalid("Specify exactly one of 'TemplateBody', 'TemplateUrl'");
  const { TemplateBody } = source;
  if (TemplateBody !== undefined && TemplateBody.length > MOST_INLINE)
    throw constraintBroken(TemplateBody, "templateBody", `have length less than or equal to ${MOST_INLINE}`);
  if (source.TemplateURL === undefined) return TemplateBody;
  const { bucket, key } = objectOf(source.TemplateURL);
  try {
    const bytes = await context.ports.objects.bytes(bucket, key, { as });
    if (bytes.length > MOST) throw invalid(`Template may not exceed ${MOST} bytes in size.`);
    return new TextDecoder().decode(bytes);
  } catch (error) {
    if (!(error instanceof AwsError) || error.code === "ValidationError") throw error;
    throw invalid(`S3 error: ${error.message}\n${MORE}`);
  }
}

/** Which object an S3 URL names: path style on any endpoint of ours or AWS's, or the bucket in the host. */
function objectOf(url: string): { readonly bucket: string; readonly key: string } {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw invalid("TemplateURL must be a supported URL.");
  }
  if (parsed.protocol === "s3:")
    throw invalid(`S3 error: Domain name specified in ${parsed.host} is not a valid S3 domain`);
  if (parsed.protocol !== "http:" && parsed.protocol !== "https:")
    throw invalid("TemplateURL must be a supported URL.");
  const path = decodeURIComponent(parsed.pathname).slice(1);
  const virtual =
    /^(.+?)\.s3(?:[.-][a-z0-9-]+)*\.(?:amazonaws\.com(?:\.cn)?|localhost|localhost\.localstack\.cloud)$/.exec(
      parsed.hostname,
    )?.[1];
  if (virtual !== undefined) return { bucket: virtual, key: path };
  const ours =
    /^(?:s3[.-].*|s3\..*|localhost|.*\.localhost|.*\.localstack\.cloud|\d+\.\d+\.\d+\.\d+|\[.*\]|[^.]+|host\.docker\.internal)$/.test(
      parsed.hostname,
    );
  const slash = path.indexOf("/");
  if (!ours || slash < 1) throw invalid("TemplateURL must be a supported URL.");
  return { bucket: path.slice(0, slash), key: path.slice(slash + 1) };
}
