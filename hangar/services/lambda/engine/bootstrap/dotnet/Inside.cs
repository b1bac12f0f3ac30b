// Nothing reaches the real amazonaws.com by HttpClient, which AWS's SDK uses too: its proxy of last resort refuses.

using System;
using System.Linq;
using System.Net;
using System.Net.Http;

namespace Hangar.Lambda
{
    sealed class Inside : IWebProxy
    {
        static readonly string[] Amazon = { ".amazonaws.com", ".amazonaws.com.cn", ".api.aws", ".on.aws" };

        /// HttpClient goes on without a proxy when one throws; a name that nobody has stands in its error.
        static readonly Uri Nowhere = new Uri("http://hangar-refuses-the-real-aws.invalid");

        readonly IWebProxy own;

        Inside(IWebProxy own)
        {
            this.own = own;
        }

        public ICredentials Credentials
        {
            get { return own.Credentials; }
            set { own.Credentials = value; }
        }

        public static void Keep()
        {
            HttpClient.DefaultProxy = new Inside(HttpClient.DefaultProxy);
        }

        public Uri GetProxy(Uri destination)
        {
            return IsAmazon(destination) ? Nowhere : own.GetProxy(destination);
        }

        public bool IsBypassed(Uri host)
        {
            return !IsAmazon(host) && own.IsBypassed(host);
        }

        static bool IsAmazon(Uri host)
        {
            return Amazon.Any(ending => host.IdnHost.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
        }
    }
}
