// Console.Out and Console.Error: a WriteLine is a message of their level, a Write is written as it is.

using System;
using System.IO;
using System.Text;
using System.Threading.Tasks;

namespace Hangar.Lambda
{
    sealed class LogWriter : TextWriter
    {
        readonly string level;

        public LogWriter(string level)
        {
            this.level = level;
        }

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => Write(value.ToString());
        public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));
        public override void Write(string value)
        {
            if (!string.IsNullOrEmpty(value)) Logs.Send(value);
        }

        public override void WriteLine() => WriteLine("");
        public override void WriteLine(string value) => Logs.Write(level, null, value);
        public override void WriteLine(object value) => WriteLine(value?.ToString());
        public override void WriteLine(bool value) => WriteLine(value.ToString());
        public override void WriteLine(char value) => WriteLine(value.ToString());
        public override void WriteLine(char[] buffer) => WriteLine(new string(buffer));
        public override void WriteLine(char[] buffer, int index, int count) => WriteLine(new string(buffer, index, count));
        public override void WriteLine(int value) => WriteLine(value.ToString(FormatProvider));
        public override void WriteLine(uint value) => WriteLine(value.ToString(FormatProvider));
        public override void WriteLine(long value) => WriteLine(value.ToString(FormatProvider));
        public override void WriteLine(ulong value) => WriteLine(value.ToString(FormatProvider));
        public override void WriteLine(float value) => WriteLine(value.ToString(FormatProvider));
        public override void WriteLine(double value) => WriteLine(value.ToString(FormatProvider));
        public override void WriteLine(decimal value) => WriteLine(value.ToString(FormatProvider));
        public override void WriteLine(StringBuilder value) => WriteLine(value?.ToString());
        public override void WriteLine(string format, object one) => WriteLine(string.Format(format, one));
        public override void WriteLine(string format, object one, object two) => WriteLine(string.Format(format, one, two));
        public override void WriteLine(string format, object one, object two, object three) =>
            WriteLine(string.Format(format, one, two, three));
        public override void WriteLine(string format, params object[] arguments) => WriteLine(string.Format(format, arguments));

        public override Task WriteLineAsync() => Done("");
        public override Task WriteLineAsync(char value) => Done(value.ToString());
        public override Task WriteLineAsync(string value) => Done(value);
        public override Task WriteLineAsync(char[] buffer, int index, int count) => Done(new string(buffer, index, count));

        Task Done(string line)
        {
            WriteLine(line);
            return Task.CompletedTask;
        }
    }
}
