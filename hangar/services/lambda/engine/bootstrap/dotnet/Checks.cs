// Which methods and types may be handlers, in the words of AWS's .NET runtime.

using System;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Hangar.Lambda
{
    static class Checks
    {
        public static void Method(MethodInfo method)
        {
            var start = $"The method '{method}' cannot be used as a Lambda Handler because it is";
            if (method.IsAbstract)
                throw new LambdaValidationException(
                    $"{start} an abstract method. Handler methods cannot be abstract. Please specify a non-abstract handler method.");
            if (method.IsGenericMethod)
                throw new LambdaValidationException(
                    $"{start} a generic method. Handler methods cannot be generic. Please specify a non-generic handler method.");
            if (method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute)))
                throw new LambdaValidationException(
                    $"{start} an 'async void' method. Handler methods cannot be 'async void'. Please specify a method that is not 'async void'.");
            if (method.GetParameters().LastOrDefault()?.IsDefined(typeof(ParamArrayAttribute)) == true)
                throw new LambdaValidationException(
                    $"{start} a 'params' method. Please specify a method that does not use 'params'.");
            if ((method.CallingConvention & CallingConventions.VarArgs) == CallingConventions.VarArgs)
                throw new LambdaValidationException(
                    $"{start} a 'vararg (variable arguments)' method. Please specify a method that is not 'vararg'.");
        }

        public static void Type(Type type, MethodInfo method)
        {
            if (type.IsGenericType)
                throw new LambdaValidationException(
                    $"The type '{type.FullName}' cannot be used as a Lambda Handler type because it is generic. Handler methods cannot be "
                    + "located in generic types. Please specify a handler method in a non-generic type.");
            if (!method.IsStatic && type.IsAbstract)
                throw new LambdaValidationException(
                    $"The instance method '{method}' cannot be used as a Lambda Handler because its type '{type.FullName}' is abstract. "
                    + "Please either use a static handler or specify a type that is not abstract.");
            if (!type.IsClass && !(type.IsValueType && !type.IsPrimitive && !type.IsEnum))
                throw new LambdaValidationException(
                    $"The type '{type.FullName}' cannot be used as a handler type since it is not a class or a struct. "
                    + "Please specify a handler method on a class or struct.");
        }
    }

    /// What `[LambdaSerializer]` on a method, or else on its assembly, names.
    static class Serializer
    {
        public const string AttributeName = "Amazon.Lambda.Core.LambdaSerializerAttribute";
        public const string InterfaceName = "Amazon.Lambda.Core.ILambdaSerializer";

        public static object Of(MethodInfo method, Assembly assembly)
        {
            var attribute = method.GetCustomAttributes().SingleOrDefault(IsOne) ?? assembly.GetCustomAttributes().SingleOrDefault(IsOne);
            if (attribute == null) return null;
            var type = (Type)attribute.GetType().GetProperty("SerializerType").GetValue(attribute)
                ?? throw new LambdaValidationException($"The 'SerializerType' property on attribute class '{AttributeName}' is not set.");
            var constructor = type.GetConstructor(System.Type.EmptyTypes)
                ?? throw new LambdaValidationException(
                    $"The indicated serializer '{type.FullName}' does not define a public zero-parameter constructor.");
            if (type.GetInterface(InterfaceName) == null)
                throw new LambdaValidationException(
                    $"The '{type.FullName}' class is invalid: it does not implement the 'ILambdaSerializer' interface.");
            return constructor.Invoke(null);
        }

        static bool IsOne(Attribute attribute)
        {
            return attribute.GetType().FullName == AttributeName;
        }
    }
}
