// Finds the route of a request, runs it, and turns what happened into an answer and a line of log.
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from "aws-lambda";
import { log } from "../aws/log.ts";
import { Refusal, proxyResult } from "./answer.ts";
import type { Answer } from "./answer.ts";
import { requestOf } from "./request.ts";
import type { Request } from "./request.ts";

export type Route = (request: Request) => Promise<Answer>;
/** Keys are a method and a resource, such as "GET /albums/{albumId}". */
export type Routes = Readonly<Record<string, Route>>;

export function routesHandler(routes: Routes) {
  return async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
    const route = `${event.httpMethod} ${event.resource}`;
    const { requestId } = event.requestContext;
    try {
      const run = routes[route];
      if (run === undefined) throw new Refusal(404, "There is no such page");
      const answer = await run(requestOf(event));
      log.info(route, { requestId, status: answer.status });
      return proxyResult(answer);
    } catch (error) {
      if (error instanceof Refusal) {
        log.warn(route, { requestId, status: error.status, refusal: error.message });
        return proxyResult({ status: error.status, body: { message: error.message } });
      }
      log.error(route, error, { requestId, status: 500 });
      return proxyResult({ status: 500, body: { message: "Something went wrong on our side" } });
    }
  };
}
