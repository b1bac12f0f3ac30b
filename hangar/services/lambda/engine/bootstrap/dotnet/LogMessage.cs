// A message with `{name}`s for its arguments, as text and as an object. https://docs.aws.amazon.com/lambda/latest/dg/csharp-logging.html

using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Hangar.Lambda
{
    sealed class LogMessage
    {
        public const string TimeForm = "yyyy-MM-ddTHH:mm:ss.fffZ";
        const int MostBytes = 16;
        static readonly Regex Place = new Regex(@"\{\{|\{(?<directive>@?)(?<name>[^{}:]+)(?::(?<format>[^{}]*))?\}");

        readonly List<KeyValuePair<Match, object>> places = new List<KeyValuePair<Match, object>>();

        public readonly string Text;

        public LogMessage(string template, object[] arguments)
        {
            Text = template;
            if (string.IsNullOrEmpty(template) || arguments == null || arguments.Length == 0) return;
            var found = Place.Matches(template).Cast<Match>().Where(each => each.Groups["name"].Success).ToList();
            var positional = Positional(found);
            foreach (var place in found)
            {
                var index = positional ? int.Parse(Name(place)) : places.Count;
                if (index < arguments.Length) places.Add(new KeyValuePair<Match, object>(place, arguments[index]));
            }
            Text = Filled(template);
        }

        public string Json(string now, string level, Exception error)
        {
            using (var body = new MemoryStream())
            {
                using (var writer = new Utf8JsonWriter(body))
                {
                    writer.WriteStartObject();
                    writer.WriteString("timestamp", now);
                    writer.WriteString("level", level);
                    if (Logs.RequestId != "") writer.WriteString("requestId", Logs.RequestId);
                    var trace = Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID");
                    if (!string.IsNullOrEmpty(trace)) writer.WriteString("traceId", trace);
                    writer.WriteString("message", Text);
                    foreach (var place in places.Where(each => each.Value != null))
                    {
                        writer.WritePropertyName(Name(place.Key));
                        Write(writer, place.Key, place.Value);
                    }
                    if (error != null) Write(writer, error);
                    writer.WriteEndObject();
                }
                return Encoding.UTF8.GetString(body.ToArray());
            }
        }

        string Filled(string template)
        {
            var text = new StringBuilder();
            var end = 0;
            foreach (var place in places)
            {
                text.Append(template, end, place.Key.Index - end).Append(Shown(place.Key, place.Value));
                end = place.Key.Index + place.Key.Length;
            }
            return text.Append(template, end, template.Length - end).ToString();
        }

        static string Shown(Match place, object value)
        {
            if (value is byte[] bytes) return Hexadecimal(bytes);
            if (value == null || value is IList || value is IDictionary) return place.Value;
            return Formatted(place, value) ?? Dated(value) ?? value.ToString();
        }

        static void Write(Utf8JsonWriter writer, Match place, object value)
        {
            if (value is IDictionary entries)
            {
                writer.WriteStartObject();
                foreach (DictionaryEntry entry in entries)
                {
                    writer.WritePropertyName(entry.Key.ToString());
                    WriteOne(writer, place, entry.Value);
                }
                writer.WriteEndObject();
            }
            else if (value is IList items && !(value is byte[]))
            {
                writer.WriteStartArray();
                foreach (var item in items) WriteOne(writer, place, item);
                writer.WriteEndArray();
            }
            else WriteOne(writer, place, value);
        }

        static void WriteOne(Utf8JsonWriter writer, Match place, object value)
        {
            var whole = place.Groups["directive"].Value == "@" || value == null || value is bool || IsNumber(value);
            if (whole && Formatted(place, value) == null)
                using (var json = JsonDocument.Parse(JsonSerializer.Serialize(value))) json.WriteTo(writer);
            else if (value is byte[] bytes) writer.WriteStringValue(Hexadecimal(bytes));
            else writer.WriteStringValue(
                Formatted(place, value) ?? Dated(value) ?? Convert.ToString(value, CultureInfo.InvariantCulture));
        }

        static void Write(Utf8JsonWriter writer, Exception error)
        {
            writer.WriteString("errorType", error.GetType().FullName);
            writer.WriteString("errorMessage", error.Message);
            writer.WriteStartArray("stackTrace");
            foreach (var line in Failures.Trimmed(error.ToString())) writer.WriteStringValue(line.Trim());
            writer.WriteEndArray();
        }

        static string Formatted(Match place, object value)
        {
            var format = place.Groups["format"].Value.Trim();
            if (format == "" || place.Groups["directive"].Value == "@" || value == null) return null;
            try
            {
                return string.Format("{0:" + format + "}", value);
            }
            catch (FormatException)
            {
                return null;
            }
        }

        static string Dated(object value)
        {
            if (value is DateTime || value is DateTimeOffset) return ((IFormattable)value).ToString(TimeForm, CultureInfo.InvariantCulture);
            // Types that .NET Core 3.1 does not know.
            switch (value.GetType().FullName)
            {
                case "System.DateOnly": return ((IFormattable)value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
                case "System.TimeOnly": return ((IFormattable)value).ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
                default: return null;
            }
        }

        static string Hexadecimal(byte[] bytes)
        {
            var shown = string.Concat(bytes.Take(MostBytes).Select(each => each.ToString("X2")));
            return bytes.Length > MostBytes ? $"{shown}... ({bytes.Length} bytes)" : shown;
        }

        static bool IsNumber(object value)
        {
            var code = System.Type.GetTypeCode(value.GetType());
            return code >= TypeCode.SByte && code <= TypeCode.Decimal && !value.GetType().IsEnum;
        }

        /// `{0}` and `{1}` rather than names, and none of them left out.
        static bool Positional(IEnumerable<Match> found)
        {
            var names = found.Select(Name).ToList();
            if (!names.All(name => int.TryParse(name, out _))) return false;
            var numbers = names.Select(name => int.Parse(name)).Distinct().OrderBy(each => each).ToList();
            return numbers.Count > 0 && numbers[0] == 0 && numbers[numbers.Count - 1] == numbers.Count - 1;
        }

        static string Name(Match place)
        {
            return place.Groups["name"].Value.Trim();
        }
    }
}
