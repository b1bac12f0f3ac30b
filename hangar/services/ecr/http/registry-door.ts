// The registry that container engines log in to, push to and pull from: Docker's protocol, as calls of ECR's own operations.
// https://github.com/opencontainers/distribution-spec/blob/main/spec.md

import type { HttpDoor, HttpRequest, HttpResponse } from "../../../cloud/service.ts";
import type { Caller } from "../../../cloud/operation.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import { tokenNamed } from "../rules/bearer.ts";
import { registryError, refusal } from "../rules/registry-error.ts";
import { askedOf, type Asked } from "../rules/repository-uri.ts";
import type { EcrContext, Tables } from "../store.ts";
import { layerAnswer, ticketedLayer } from "./layers.ts";
import { manifestAnswer, tagsAnswer } from "./manifests.ts";
import { uploadAnswer } from "./uploads.ts";

/** A request for something in a repository, by somebody who logged in. */
export type Visit = {
  readonly request: HttpRequest;
  readonly repositoryName: string;
  /** `manifests`, `blobs`, `tags`, `uploads`. */
  readonly kind: string;
  /** A digest, a tag or an upload's id. */
  readonly name: string;
  /** Runs one of ECR's operations in this registry, as who logged in. */
  call(operation: unknown, input: object): Promise<Readonly<Record<string, unknown>>>;
  readonly context: EcrContext;
};

export const registryDoor: HttpDoor<Tables> = {
  name: "ecr.registry",
  match({ host, path }) {
    const asked = askedOf(host, path);
    return asked === undefined ? undefined : { ...asked.registry, data: asked };
  },
  async handle(request, asked: Asked, context) {
    try {
      return versioned(await answer(request, asked, context));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return versioned(registryError(error, request.method));
    }
  },
};

async function answer(request: HttpRequest, asked: Asked, context: EcrContext): Promise<HttpResponse> {
  const [kind = "", name = ""] = asked.rest.startsWith("blobs/uploads/")
    ? ["uploads", asked.rest.slice("blobs/uploads/".length)]
    : asked.rest.split("/");
  const ticket = new URLSearchParams(request.query).get("ticket");
  if (ticket !== null && kind === "blobs") return ticketedLayer(ticket, `${asked.repository} ${name}`, context);
  const caller = callerOf(request, context);
  if (typeof caller === "string") return loginAsked(request, caller);
  if (asked.rest === "") return { status: 200, headers: { "content-type": "application/json" }, body: "{}" };
  const { account, region } = context;
  const visit: Visit = {
    request,
    repositoryName: asked.repository,
    kind,
    name,
    call: (operation, input) =>
      context.call(operation as never, { repositoryName: asked.repository, ...input } as never, {
        as: caller,
        account,
        region,
      }),
    context,
  };
  if (kind === "uploads") return uploadAnswer(visit);
  if (kind === "blobs") return layerAnswer(visit);
  if (kind === "manifests") return manifestAnswer(visit);
  if (kind === "tags") return tagsAnswer(visit);
  return refusal(404, "UNSUPPORTED", "The operation is unsupported.");
}

/** Who logged in, or why nobody did. */
function callerOf({ headers }: HttpRequest, context: EcrContext): Caller | string {
  const named = tokenNamed(headers["authorization"]);
  if (named === undefined) return "Not Authorized";
  const token = context.storeAt(named.account, named.region).tokens.get(named.id);
  if (token === undefined || token.layer !== undefined) return "Not Authorized";
  if (token.expires > context.clock.now()) return token.caller;
  return "Your authorization token has expired. Reauthenticate and try again.";
}

function loginAsked({ origin }: HttpRequest, why: string): HttpResponse {
  const { headers, ...rest } = refusal(401, "UNAUTHORIZED", why);
  return {
    ...rest,
    headers: { ...headers, "www-authenticate": `Basic realm="${origin}/",service="ecr.amazonaws.com"` },
  };
}

function versioned(response: HttpResponse): HttpResponse {
  return { ...response, headers: { ...response.headers, "docker-distribution-api-version": "registry/2.0" } };
}
