// What a .NET function logs: each line of its console and each message of its loggers is one event, in AWS's forms.

using System;
using System.IO;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace Hangar.Lambda
{
    static class Logs
    {
        /// From the least urgent to the most, with their names in a text log.
        static readonly string[] Levels = { "Trace", "Debug", "Information", "Warning", "Error", "Critical" };
        static readonly string[] Labels = { "trce", "dbug", "info", "warn", "fail", "crit" };

        static readonly FileStream Events = new FileStream(new SafeFileHandle((IntPtr)3, false), FileAccess.Write, 1);
        static readonly object Turn = new object();

        static readonly string Format = Setting("FORMAT");
        static readonly int Lowest = LowestLevel(Setting("LEVEL"));

        public static string RequestId = "";

        public static void SetUp()
        {
            Console.SetOut(new LogWriter("Information"));
            Console.SetError(new LogWriter("Error"));
            AppDomain.CurrentDomain.AssemblyLoad += (_, loaded) => TakeOver(loaded.LoadedAssembly);
        }

        /// One event of the log, however many lines.
        public static void Send(string text)
        {
            var line = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(text) + "\n");
            lock (Turn) Events.Write(line, 0, line.Length);
        }

        /// A level of another name is shown as it is; none is not shown.
        public static void Write(string level, Exception error, string template, params object[] arguments)
        {
            var rank = Array.FindIndex(Levels, each => each.Equals(level, StringComparison.OrdinalIgnoreCase));
            if (rank >= 0 && rank < Lowest) return;
            var message = new LogMessage(template, arguments);
            var now = DateTime.UtcNow.ToString(LogMessage.TimeForm);
            if (Is("JSON"))
            {
                Send(message.Json(now, rank >= 0 ? Levels[rank] : level ?? "Information", error) + "\n");
                return;
            }
            var text = message.Text ?? "";
            if (error != null) text += (text == "" ? "" : "\n") + string.Join("\n", Failures.Trimmed(error.ToString()));
            if (Is("Unformatted"))
            {
                Send(text + "\n");
                return;
            }
            var label = rank >= 0 ? Labels[rank] : level;
            Send($"{now}\t{RequestId}\t{(string.IsNullOrEmpty(label) ? "" : label + "\t")}{text}\n");
        }

        /// A call of ILambdaLogger, whose methods name a level or have it as their first argument.
        public static object Call(MethodInfo method, object[] arguments)
        {
            if (method.Name == "Log" && arguments.Length == 1)
            {
                Console.Write((string)arguments[0]);
                return null;
            }
            var at = 0;
            var level = method.Name == "LogLine" ? "Information"
                : method.Name == "Log" ? arguments[at++].ToString()
                : method.Name.Substring("Log".Length);
            var error = arguments[at] as Exception;
            if (typeof(Exception).IsAssignableFrom(method.GetParameters()[at].ParameterType)) at++;
            var template = (string)arguments[at++];
            Write(level, error, template, at < arguments.Length ? (object[])arguments[at] : new object[0]);
            return null;
        }

        /// The static LambdaLogger leaves its work to fields of its own, which older versions have fewer of.
        static void TakeOver(Assembly assembly)
        {
            if (assembly.GetName().Name != "Amazon.Lambda.Core") return;
            var logger = assembly.GetType("Amazon.Lambda.Core.LambdaLogger");
            Set(logger, "_loggingAction", new Action<string>(message => Write(null, null, message)));
            Set(logger, "_loggingWithLevelAction", new Action<string, string, object[]>(
                (level, message, arguments) => Write(level, null, message, arguments)));
            Set(logger, "_loggingWithLevelAndExceptionAction", new Action<string, Exception, string, object[]>(Write));
        }

        static void Set(Type type, string name, Delegate action)
        {
            var field = type?.GetField(name, BindingFlags.NonPublic | BindingFlags.Static);
            if (field != null && field.FieldType.IsInstanceOfType(action)) field.SetValue(null, action);
        }

        static bool Is(string format)
        {
            return string.Equals(Format, format, StringComparison.OrdinalIgnoreCase);
        }

        /// The function's own variable comes before Lambda's.
        static string Setting(string name)
        {
            var own = Environment.GetEnvironmentVariable($"AWS_LAMBDA_HANDLER_LOG_{name}");
            return string.IsNullOrEmpty(own) ? Environment.GetEnvironmentVariable($"AWS_LAMBDA_LOG_{name}") : own;
        }

        static int LowestLevel(string name)
        {
            if (string.Equals(name, "FATAL", StringComparison.OrdinalIgnoreCase)) return Levels.Length - 1;
            var rank = Array.FindIndex(Levels, each => each.Equals(name, StringComparison.OrdinalIgnoreCase));
            return rank >= 0 ? rank : Array.IndexOf(Levels, "Information");
        }
    }
}
