// What a handler gets as its ILambdaContext: an object of the interface in the function's own Amazon.Lambda.Core.

using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.Json;

namespace Hangar.Lambda
{
    /// An object of any interface, whose members a function answers.
    public class Members : DispatchProxy
    {
        static readonly MethodInfo Maker =
            typeof(DispatchProxy).GetMethod("Create", 2, BindingFlags.Public | BindingFlags.Static, null, Type.EmptyTypes, null);

        Func<MethodInfo, object[], object> answer;

        public static object Make(Type face, Func<MethodInfo, object[], object> answer)
        {
            var made = Maker.MakeGenericMethod(face, typeof(Members)).Invoke(null, null);
            ((Members)made).answer = answer;
            return made;
        }

        /// Of an interface that has only properties.
        public static object Properties(Type face, Func<string, Type, object> property)
        {
            return Make(face, (method, _) => property(method.Name.Substring("get_".Length), method.ReturnType));
        }

        protected override object Invoke(MethodInfo method, object[] arguments)
        {
            return answer(method, arguments);
        }
    }

    static class Context
    {
        public static object Make(Type face, Invocation invocation, object serializer)
        {
            var client = Parsed(invocation.ClientContext);
            var identity = Parsed(invocation.CognitoIdentity);
            return Members.Properties(face, (name, type) =>
            {
                switch (name)
                {
                    case "AwsRequestId": return invocation.RequestId;
                    case "InvokedFunctionArn": return invocation.FunctionArn;
                    case "TraceId": return invocation.TraceId;
                    case "FunctionName": return Variable("AWS_LAMBDA_FUNCTION_NAME");
                    case "FunctionVersion": return Variable("AWS_LAMBDA_FUNCTION_VERSION");
                    case "LogGroupName": return Variable("AWS_LAMBDA_LOG_GROUP_NAME");
                    case "LogStreamName": return Variable("AWS_LAMBDA_LOG_STREAM_NAME");
                    case "MemoryLimitInMB": return int.Parse(Variable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"));
                    case "RemainingTime":
                        return TimeSpan.FromMilliseconds(invocation.Deadline - DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
                    case "Serializer": return serializer;
                    case "TenantId": return null;
                    case "Logger": return Members.Make(type, Logs.Call);
                    case "Identity": return Members.Properties(type, (property, _) => Text(identity, "cognito" + property));
                    case "ClientContext": return Members.Properties(type, (property, kind) => ClientContext(client, property, kind));
                    default: throw new NotImplementedException($"Hangar's ILambdaContext has no {name}.");
                }
            });
        }

        static object ClientContext(JsonElement client, string property, Type kind)
        {
            switch (property)
            {
                case "Custom": return Texts(client, "custom");
                case "Environment": return Texts(client, "env");
                default: return Client(Part(client, "client"), kind);
            }
        }

        static object Client(JsonElement client, Type kind)
        {
            if (client.ValueKind != JsonValueKind.Object) return null;
            // AppTitle is app_title, InstallationId installation_id.
            return Members.Properties(kind, (property, _) => Text(client, string.Concat(
                property.Select((letter, index) => (index > 0 && char.IsUpper(letter) ? "_" : "") + char.ToLowerInvariant(letter)))));
        }

        static IDictionary<string, string> Texts(JsonElement holder, string name)
        {
            var part = Part(holder, name);
            if (part.ValueKind != JsonValueKind.Object) return null;
            return part.EnumerateObject().ToDictionary(each => each.Name, each => each.Value.ToString());
        }

        static string Text(JsonElement holder, string name)
        {
            var part = Part(holder, name);
            return part.ValueKind == JsonValueKind.Undefined || part.ValueKind == JsonValueKind.Null ? null : part.ToString();
        }

        static JsonElement Part(JsonElement holder, string name)
        {
            return holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out var part) ? part : default(JsonElement);
        }

        static JsonElement Parsed(string json)
        {
            return string.IsNullOrWhiteSpace(json) ? default(JsonElement) : JsonDocument.Parse(json).RootElement;
        }

        static string Variable(string name)
        {
            return Environment.GetEnvironmentVariable(name);
        }
    }
}
