// The `awslambda` global: streamifyResponse and HttpResponseStream, as handlers for response streaming use them.

const STREAMING = Symbol.for("aws.lambda.runtime.handler.streaming");
const PRELUDE_END = Buffer.alloc(8);

export function isStreaming(handler) {
  return handler[STREAMING] === "response";
}

export function installStreaming() {
  globalThis.awslambda = {
    ...globalThis.awslambda,
    streamifyResponse(handler) {
      handler[STREAMING] = "response";
      return handler;
    },
    HttpResponseStream: {
      /** Status and headers go before the body, ended by eight zero bytes. */
      from(stream, metadata) {
        stream.setContentType("application/vnd.awslambda.http-integration-response");
        stream.write(JSON.stringify(metadata));
        stream.write(PRELUDE_END);
        return stream;
      },
    },
  };
}
