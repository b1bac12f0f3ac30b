// The Runtime API's client. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html

using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;

namespace Hangar.Lambda
{
    public sealed class Invocation
    {
        public string RequestId { get; set; }
        public string FunctionArn { get; set; }
        public string TraceId { get; set; }
        public string ClientContext { get; set; }
        public string CognitoIdentity { get; set; }
        /// Milliseconds since 1970.
        public long Deadline { get; set; }
        public MemoryStream Event { get; set; }
    }

    sealed class RuntimeApi
    {
        readonly HttpClient client = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            BaseAddress = new Uri($"http://{Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API")}/2018-06-01/runtime/"),
        };

        public Invocation Next()
        {
            using (var response = client.GetAsync("invocation/next").GetAwaiter().GetResult())
            {
                response.EnsureSuccessStatusCode();
                var body = response.Content.ReadAsByteArrayAsync().GetAwaiter().GetResult();
                return new Invocation
                {
                    RequestId = Header(response, "Aws-Request-Id"),
                    FunctionArn = Header(response, "Invoked-Function-Arn"),
                    TraceId = Header(response, "Trace-Id"),
                    ClientContext = Header(response, "Client-Context"),
                    CognitoIdentity = Header(response, "Cognito-Identity"),
                    Deadline = long.Parse(Header(response, "Deadline-Ms")),
                    Event = new MemoryStream(body, false),
                };
            }
        }

        public void Respond(string requestId, byte[] answer)
        {
            Post($"invocation/{requestId}/response", answer, "application/json", null);
        }

        public void Fail(string requestId, Exception error)
        {
            var body = Failures.Json(error);
            Post($"invocation/{requestId}/error", body, "application/vnd.aws.lambda.error+json", error.GetType().Name);
        }

        public void FailInitialisation(Exception error)
        {
            Post("init/error", Failures.Json(error), "application/vnd.aws.lambda.error+json", null);
        }

        void Post(string path, byte[] body, string type, string errorType)
        {
            using (var request = new HttpRequestMessage(HttpMethod.Post, path))
            {
                request.Content = new ByteArrayContent(body);
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
                if (errorType != null)
                    request.Headers.TryAddWithoutValidation("Lambda-Runtime-Function-Error-Type", errorType);
                client.SendAsync(request).GetAwaiter().GetResult().Dispose();
            }
        }

        static string Header(HttpResponseMessage response, string name)
        {
            return response.Headers.TryGetValues($"Lambda-Runtime-{name}", out var values) ? values.First() : null;
        }
    }
}
