using System.Management.Automation;
using System.Net;
using System.Net.Http;

namespace TsCmdlet.Host;

/// <summary>The proxy of this session that no variable of the environment names: the system's, or one that a script has set.</summary>
internal static class DefaultProxy
{
    /// <summary>
    /// Returns the proxy's URL for an address, with its user and password; null for a direct connection, and where it is what
    /// variables said when the process was started: the core has those as they are now.
    /// </summary>
    public static string? For(string address, SessionState session)
    {
        try
        {
            if (!Uri.TryCreate(address, UriKind.Absolute, out var target)) return null;
            var proxies = HttpClient.DefaultProxy;
            if (proxies is null || proxies.GetType().Name == "HttpEnvironmentProxy" || proxies.IsBypassed(target)) return null;
            if (proxies.GetProxy(target) is not { } proxy || proxy == target) return null;
            var url = new UriBuilder(proxy);
            if (proxies.Credentials?.GetCredential(proxy, "Basic") is { UserName.Length: > 0 } credential)
            {
                url.UserName = Uri.EscapeDataString(credential.Domain == "" ? credential.UserName : $"{credential.Domain}\\{credential.UserName}");
                url.Password = Uri.EscapeDataString(credential.Password);
            }
            return url.Uri.AbsoluteUri;
        }
        catch (Exception error) when (error is not PipelineStoppedException)
        {
            // A script may have set its own. One that throws counts as a direct connection.
            SessionErrors.Remove(session, error);
            return null;
        }
    }
}
