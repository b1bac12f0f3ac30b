// The .NET runtime of an execution environment: loads one handler of a class library and serves it over the Runtime API.
// C# 7 and .NET Core 3.1's library, no more: Mono's compiler and old SDKs must do.

using System;
using System.Threading;

namespace Hangar.Lambda
{
    public static class Program
    {
        public static int Main(string[] arguments)
        {
            WatchParent();
            Logs.SetUp();
            Inside.Keep();
            var api = new RuntimeApi();
            Handler handler;
            try
            {
                handler = Handler.Load(arguments[0]);
            }
            catch (Exception error)
            {
                Logs.Write("Error", error, null);
                api.FailInitialisation(error);
                return 1;
            }
            for (;;) Serve(api, handler);
        }

        static void Serve(RuntimeApi api, Handler handler)
        {
            var invocation = api.Next();
            Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", invocation.TraceId);
            Logs.RequestId = invocation.RequestId;
            byte[] answer;
            try
            {
                answer = handler.Invoke(invocation);
            }
            catch (Exception error)
            {
                Logs.Write("Error", error, null);
                api.Fail(invocation.RequestId, error);
                return;
            }
            api.Respond(invocation.RequestId, answer);
        }

        /// The end of standard input is the end of the parent.
        static void WatchParent()
        {
            var input = Console.OpenStandardInput();
            var watch = new Thread(() =>
            {
                var buffer = new byte[256];
                while (input.Read(buffer, 0, buffer.Length) > 0) { }
                Environment.Exit(1);
            });
            watch.IsBackground = true;
            watch.Start();
        }
    }
}
