package base

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net/http"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

const (
	baseURLAdvice = "Check base_url: it must be the address of an AI Chatbot Hub (or GPT-trainer) deployment without the path of a page, such as " + hub.DefaultBaseURL + "."
	proxyAdvice   = " A proxy or a login page in front of it can also cause this."
	// BlockedAdvice is what to do when bot protection or a proxy answers instead of the service (hub.IsBlocked).
	BlockedAdvice = "The service itself did not answer. Check base_url. Have the address of this machine allowed in the bot protection or firewall. " +
		"If this machine needs a proxy, set the environment variable HTTPS_PROXY; if it does not, add the host of base_url to NO_PROXY."
	keyAdvice  = "The API key was refused. Check api_key in the provider block or AICHATBOTHUB_API_KEY: it must be a key of this deployment, made in the account settings of the web app, without \"Bearer\" in front."
	goneAdvice = "An object that this one needs may have been deleted outside of Terraform: run terraform plan, which shows what will be created again. " +
		"Otherwise check the ids, and that the API key belongs to the account of these objects."
)

// Advice returns what the user can do about an error of any operation; "" if there is nothing to say.
func Advice(err error) string {
	var unnamed Failure
	return unnamed.advice(err)
}

// advice returns what the user can do about a kind of error.
func (f Failure) advice(err error) string {
	e := hub.AsError(err)
	if lost, ok := errors.AsType[*hub.LostError](err); ok && f.Doing == "create" {
		return f.lost(lost)
	}
	switch {
	case errors.Is(err, context.Canceled):
		return f.unsure(err, "The run was interrupted.")
	case hub.IsGone(err):
		return goneAdvice
	case hub.IsBlocked(err):
		return f.unsure(err, BlockedAdvice)
	case e != nil && e.Status < http.StatusInternalServerError:
		return refusalAdvice(e)
	case e != nil:
		return f.unsure(err, "The service failed to process the request. Apply again later.")
	}
	if answer, ok := errors.AsType[*hub.AnswerError](err); ok && answer.HTML {
		return baseURLAdvice + proxyAdvice
	} else if ok {
		return f.unsure(err, "If this happens again, the deployment at base_url may have a version that this provider does not support. Please report it.")
	}
	if advice := connectionAdvice(err); advice != "" {
		return advice
	}
	if _, ok := errors.AsType[*hub.TransportError](err); !ok {
		return "" // no request was sent, or the error says what to do
	}
	return f.unsure(err, "Check the network and base_url. If the service is slow, raise request_timeout in the provider block.")
}

// refusalAdvice returns what the user can do about a request that was refused. An answer that is not JSON is usually not one of the API.
func refusalAdvice(e *hub.Error) string {
	switch {
	case hub.IsUnauthorized(e) && e.HTML:
		return keyAdvice + proxyAdvice
	case hub.IsUnauthorized(e):
		return keyAdvice
	case hub.IsThrottled(e):
		return "The service limits the number of requests. Set requests_per_minute in the provider block, or run Terraform with a smaller -parallelism, and apply again."
	case e.Status == http.StatusProxyAuthRequired || e.Status == http.StatusForbidden && !e.JSON:
		return "The answer is not one of the API, so a proxy, a firewall or a bot protection between this machine and the service probably refused the request. " +
			"Allow the host of base_url there, or add it to the environment variable NO_PROXY. If the service itself answered, the API key does not allow the request."
	case e.Status == http.StatusForbidden:
		return "The service refuses this request with the configured API key. Limits of the plan can be the reason, or an object that belongs to another account."
	case e.Status == http.StatusMethodNotAllowed || e.Status == http.StatusBadRequest && e.HTML:
		return baseURLAdvice + proxyAdvice
	case (e.Status == http.StatusNotFound || e.Status == http.StatusGone) && !e.JSON:
		return goneAdvice + " If every request fails like this: " + baseURLAdvice
	case e.Status == http.StatusNotFound || e.Status == http.StatusGone:
		return goneAdvice
	}
	return ""
}

// connectionAdvice returns what the user can do about a connection that another machine or a certificate prevents, or "".
func connectionAdvice(err error) string {
	var host x509.HostnameError
	var invalid x509.CertificateInvalidError
	var certificate *tls.CertificateVerificationError
	proxy, isProxy := errors.AsType[*hub.ProxyError](err)
	switch {
	case isProxy && proxy.Status == http.StatusProxyAuthRequired:
		return "The proxy asks for a user name and a password. Write them into the environment variable HTTPS_PROXY, or add the host of base_url to NO_PROXY if it can be reached without the proxy."
	case isProxy:
		return "The proxy comes from the environment variable HTTPS_PROXY. Allow the host of base_url there, or add it to NO_PROXY if it can be reached without the proxy."
	case errors.As(err, &host):
		return "The certificate is that of another host. Check base_url. A proxy or a firewall that answers instead of the service can also cause this."
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "The certificate is not valid at the time of this machine. Check its clock. If the clock is right, the certificate of the service has expired."
	case errors.As(err, &certificate):
		return "This machine does not trust the authority that signed the certificate. Usually a proxy of a company inspects connections and signs with an authority of its own: " +
			"set the environment variable SSL_CERT_FILE to a file with the certificates to trust, in PEM format, or add the authority to the trusted certificates of the system. macOS and Windows use only the latter."
	}
	return ""
}
