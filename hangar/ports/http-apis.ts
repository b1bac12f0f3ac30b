// What a custom domain name asks of the HTTP APIs that it leads to.

import type { HttpRequest, HttpResponse } from "../cloud/service.ts";

/** Where a mapping leads. */
export type MappedRequest = {
  readonly apiId: string;
  readonly stage: string;
  /** Raw, below the base path. */
  readonly path: string;
  /** Raw, as the caller wrote it. */
  readonly fullPath: string;
  readonly domainName: string;
  readonly basePath: string;
};

export type HttpApisPort = {
  serve(request: HttpRequest, mapped: MappedRequest): Promise<HttpResponse>;
};
