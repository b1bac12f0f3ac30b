// Errors as AWS's .NET runtime reports them: type, message, stack trace, and what caused them.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hangar.Lambda
{
    /// What is wrong with a handler itself.
    public sealed class LambdaValidationException : Exception
    {
        public LambdaValidationException(string message) : base(message) { }
    }

    static class Failures
    {
        const int MostBytes = 256 * 1024;

        static readonly string[] Ways =
        {
            "at System.Reflection.", "at System.RuntimeMethodHandle.", "at System.RuntimeType.", "at System.Activator.",
            "at InvokeStub_", "--- End of stack trace from previous location",
        };

        public static byte[] Json(Exception error)
        {
            using (var body = new MemoryStream())
            {
                // As AWS writes it: on lines of its own, for people.
                var options = new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
                using (var writer = new Utf8JsonWriter(body, options)) Write(writer, error);
                return body.Length <= MostBytes
                    ? body.ToArray()
                    : JsonSerializer.SerializeToUtf8Bytes(
                        new { errorMessage = "Exception exceeded maximum payload size of 256KB." });
            }
        }

        /// An error's text without our own frames and the ways that lead from them to the handler.
        public static IEnumerable<string> Trimmed(string text)
        {
            var kept = new List<string>();
            foreach (var line in text.Split('\n').Select(each => each.TrimEnd('\r')))
            {
                var own = Starts(line, "at Hangar.Lambda.");
                if (own || Starts(line, "--- End of inner")) DropWays(kept);
                if (!own) kept.Add(line);
            }
            DropWays(kept);
            return kept;
        }

        static void DropWays(List<string> kept)
        {
            while (kept.Count > 0 && Ways.Any(way => Starts(kept[kept.Count - 1], way))) kept.RemoveAt(kept.Count - 1);
        }

        static bool Starts(string line, string start)
        {
            return line.TrimStart().StartsWith(start, StringComparison.Ordinal);
        }

        static void Write(Utf8JsonWriter writer, Exception error)
        {
            writer.WriteStartObject();
            writer.WriteString("errorType", error.GetType().Name);
            writer.WriteString("errorMessage", error.Message);
            var trace = Trimmed(error.StackTrace ?? "").Select(line => line.Trim()).Where(line => line != "").ToList();
            if (trace.Count > 0)
            {
                writer.WriteStartArray("stackTrace");
                foreach (var line in trace) writer.WriteStringValue(line);
                writer.WriteEndArray();
            }
            if (error.InnerException != null)
            {
                writer.WritePropertyName("cause");
                Write(writer, error.InnerException);
            }
            if (error is AggregateException several && several.InnerExceptions.Count > 0)
            {
                writer.WriteStartArray("causes");
                foreach (var one in several.InnerExceptions) Write(writer, one);
                writer.WriteEndArray();
            }
            writer.WriteEndObject();
        }
    }
}
