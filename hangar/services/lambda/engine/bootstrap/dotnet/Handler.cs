// One handler of a class library: found, checked and called as AWS's .NET runtime does, in its words when it cannot be.
// https://docs.aws.amazon.com/lambda/latest/dg/csharp-handler.html

using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using System.Threading.Tasks;

namespace Hangar.Lambda
{
    sealed class Handler
    {
        const string ContextName = "Amazon.Lambda.Core.ILambdaContext";
        const BindingFlags Own =
            BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

        readonly HandlerName name;
        readonly MethodInfo method;
        readonly object instance;
        readonly object serializer;
        readonly Type contextType;
        readonly Func<Stream, object> read;
        readonly Action<object, MemoryStream> write;

        public static Handler Load(string text)
        {
            var name = new HandlerName(text);
            var assembly = name.Load();
            var type = assembly.GetType(name.Type)
                ?? throw new LambdaValidationException($"Unable to load type '{name.Type}' from assembly '{name.Assembly}'.");
            return new Handler(name, type, assembly);
        }

        Handler(HandlerName name, Type type, Assembly assembly)
        {
            this.name = name;
            method = name.Find(type);
            Checks.Method(method);
            Checks.Type(type, method);
            if (method.IsStatic) RuntimeHelpers.RunClassConstructor(type.TypeHandle);
            else instance = Activator.CreateInstance(type);
            serializer = Serializer.Of(method, assembly);
            var types = method.GetParameters().Select(parameter => parameter.ParameterType).ToArray();
            if (types.Length > 2)
                throw Unsupported("the method has more than 2 parameters.");
            if (types.Length == 2 && types[1].FullName != ContextName)
                throw Unsupported($"the method has 2 parameters, but the second parameter is not of type '{ContextName}'.");
            contextType = types.FirstOrDefault(each => each.FullName == ContextName);
            var input = types.FirstOrDefault(each => each.FullName != ContextName);
            if (input != null) read = Reader(input);
            var output = Output(method.ReturnType);
            if (output != null) write = Writer(output);
        }

        public byte[] Invoke(Invocation invocation)
        {
            var context = contextType == null ? null : Context.Make(contextType, invocation, serializer);
            var arguments = method.GetParameters()
                .Select(parameter => parameter.ParameterType == contextType ? context : read(invocation.Event))
                .ToArray();
            var answer = method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, arguments, null);
            if (typeof(Task).IsAssignableFrom(method.ReturnType))
            {
                ((Task)answer).GetAwaiter().GetResult();
                var outcome = TaskOfResult(method.ReturnType);
                answer = outcome == null ? null : outcome.GetProperty("Result").GetValue(answer);
            }
            var body = new MemoryStream();
            if (write != null) write(answer, body);
            return body.ToArray();
        }

        Func<Stream, object> Reader(Type type)
        {
            if (type == typeof(Stream)) return stream => stream;
            var deserialize = Serializing("Deserialize", type, "deserialize input");
            return stream => deserialize.Invoke(serializer, BindingFlags.DoNotWrapExceptions, null, new object[] { stream }, null);
        }

        Action<object, MemoryStream> Writer(Type type)
        {
            if (typeof(Stream).IsAssignableFrom(type))
                return (answer, body) => (answer as Stream)?.CopyTo(body);
            var serialize = Serializing("Serialize", type, "serialize output");
            return (answer, body) =>
                serialize.Invoke(serializer, BindingFlags.DoNotWrapExceptions, null, new object[] { answer, body }, null);
        }

        MethodInfo Serializing(string call, Type type, string doing)
        {
            if (serializer == null)
                throw new LambdaValidationException(
                    $"Could not find the LambdaSerializerAttribute on the assembly '{name.Assembly}' or method '{name.Method}' "
                    + $"while attempting to {doing} data of type '{type.FullName}'. To use types other than System.IO.Stream as "
                    + "input/output parameters, the assembly or Lambda function should be annotated with "
                    + $"{Serializer.AttributeName}.");
            return serializer.GetType().GetInterface(Serializer.InterfaceName).GetMethod(call).MakeGenericMethod(type);
        }

        /// What is to be written; null for nothing.
        static Type Output(Type type)
        {
            var outcome = TaskOfResult(type);
            if (outcome != null) return outcome.GenericTypeArguments[0];
            return type == typeof(void) || typeof(Task).IsAssignableFrom(type) ? null : type;
        }

        static Type TaskOfResult(Type type)
        {
            while (type != null && !(type.IsConstructedGenericType && type.GetGenericTypeDefinition() == typeof(Task<>)))
                type = type.BaseType;
            return type;
        }

        Exception Unsupported(string why)
        {
            return new LambdaValidationException($"Method '{method.Name}' of type '{name.Type}' is not supported: {why}");
        }

        /// `ASSEMBLY::TYPE::METHOD`. AWS's runtime takes a whole signature for the method too, but its spaces are not allowed in a Handler.
        sealed class HandlerName
        {
            const string Form = "The valid format is 'ASSEMBLY::TYPE::METHOD'.";

            public readonly AssemblyName Assembly;
            public readonly string Type;
            public readonly string Method;

            public HandlerName(string text)
            {
                var parts = text.Split(new[] { "::" }, 3, StringSplitOptions.None);
                if (parts.Length != 3)
                    throw new LambdaValidationException($"Invalid lambda function handler: '{text}'. {Form}");
                Assembly = new AssemblyName(Part(text, parts[0], "assembly"));
                Type = Part(text, parts[1], "type");
                Method = Part(text, parts[2], "method");
            }

            static string Part(string text, string part, string what)
            {
                if (part.Trim() != "") return part.Trim();
                throw new LambdaValidationException($"Invalid lambda function handler: '{text}', the {what} is missing. {Form}");
            }

            public Assembly Load()
            {
                try
                {
                    return AssemblyLoadContext.Default.LoadFromAssemblyName(Assembly);
                }
                catch (FileNotFoundException error)
                {
                    throw new LambdaValidationException(
                        $"Could not find the specified handler assembly with the file name '{error.FileName}'. "
                        + "The assembly should be located in the root of your uploaded .zip file.");
                }
                catch (Exception)
                {
                    throw new LambdaValidationException($"Unable to load assembly '{Assembly}'.");
                }
            }

            public MethodInfo Find(Type type)
            {
                for (var place = type; place != null; place = place.BaseType)
                {
                    var found = place.GetMethods(Own).Where(each => each.Name == Method).ToArray();
                    if (found.Length == 1) return found[0];
                    if (found.Length > 1)
                        throw new LambdaValidationException(
                            $"The method '{Method}' in type '{place.FullName}' appears to have a number of overloads. To call this "
                            + "method please specify a complete method signature. Possible candidates are:\n"
                            + string.Join("\n", found.Select(each => each.ToString())) + ".");
                }
                throw new LambdaValidationException(
                    $"Unable to find method '{Method}' in type '{Type}' from assembly '{Assembly}': "
                    + $"Found no methods matching method name '{Method}'.");
            }
        }
    }
}
