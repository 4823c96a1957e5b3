package base

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// Advisor says what the user can do about an error of a request. The provider and each subcommand have other settings, and are run again in another way.
type Advisor struct {
	Key     string // where the API key is set
	BaseURL string // where the address of the deployment is set
	Again   string // how to try again, such as "Run Terraform again"
	Fewer   string // a sentence about how to send fewer requests; may be empty
	Slow    string // a sentence about a service that is slow; may be empty
	Gone    string // sentences about an object that does not exist
}

// ofProvider is the Advisor of everything that Terraform calls: resources, data sources, lists, actions and imports.
var ofProvider = Advisor{
	Key:     "api_key in the provider block or AICHATBOTHUB_API_KEY",
	BaseURL: "base_url in the provider block or AICHATBOTHUB_BASE_URL",
	Again:   "Run Terraform again",
	Fewer:   "To send fewer requests, set requests_per_minute in the provider block, or use a smaller -parallelism.",
	Slow:    "If the service is slow, raise request_timeout in the provider block.",
	Gone: "An object that this request needs may have been deleted outside of Terraform. If the configuration manages it, the next plan creates it again. " +
		"Otherwise check the ids, and that the API key belongs to the account of these objects.",
}

// Advice returns what a user of the provider can do about an error of any operation; "" if there is nothing to say.
func Advice(err error) string { return ofProvider.Advice(err) }

// Advice returns what the user can do about an error; "" if there is nothing to say.
func (a Advisor) Advice(err error) string {
	e := hub.AsError(err)
	answer, unusable := errors.AsType[*hub.AnswerError](err)
	_, cannotTrain := errors.AsType[*hub.CannotTrainError](err)
	_, noAnswer := errors.AsType[*hub.TransportError](err)
	switch {
	case errors.Is(err, context.Canceled):
		return a.Again + "."
	case hub.IsGone(err):
		return a.Gone
	case hub.IsBlocked(err):
		return a.blocked()
	case cannotTrain:
		return "This deployment may not be able to train this source again, or the source may have been deleted meanwhile. Look at it in the web app."
	case e != nil && e.Status < http.StatusInternalServerError:
		return a.refusal(e)
	case e != nil:
		return "The service failed to process the request. " + a.Again + " later."
	case unusable && answer.HTML:
		return a.address() + proxyAdvice
	case unusable:
		return a.Again + ". If the error repeats, this deployment may have a version that the provider does not support. " + hub.ReportIt
	case hub.IsRedirect(err):
		return "Check " + a.BaseURL + ": it is probably not the service's own address. If the message names another address and you trust it, use that one."
	}
	if advice := a.connection(err); advice != "" || !noAnswer { // otherwise no request was sent, or the error says what to do
		return advice
	}
	return join("Check the network and "+a.BaseURL+".", a.Slow)
}

// ErrorText returns the text of an error, in which the end of a context is described in words.
func ErrorText(err error) string {
	return strings.NewReplacer("context canceled", "the run was interrupted", "context deadline exceeded", "the timeout expired").Replace(err.Error())
}

// refusal returns what the user can do about a request that was refused. An answer that is not JSON is usually not one of the API.
func (a Advisor) refusal(e *hub.Error) string {
	switch {
	case hub.IsUnauthorized(e) && e.HTML:
		return a.key() + proxyAdvice
	case hub.IsUnauthorized(e):
		return a.key()
	case hub.IsThrottled(e):
		return join("The service limits the number of requests.", a.Again+" later.", a.Fewer)
	case e.Status == http.StatusProxyAuthRequired || e.Status == http.StatusForbidden && !e.JSON:
		return "The answer is not one of the API, so a proxy, a firewall or a bot protection between this machine and the service probably refused the request. " +
			"Allow the host of the service there, or add it to the environment variable NO_PROXY. If the service itself answered, the API key does not allow the request."
	case e.Status == http.StatusForbidden || e.Status == http.StatusPaymentRequired:
		return "The API key does not allow this request. A limit of the account's plan may have been reached, or the object may belong to another account. Check both in the web app."
	case e.Status == http.StatusMethodNotAllowed || e.Status == http.StatusBadRequest && e.HTML:
		return a.address() + proxyAdvice
	case (e.Status == http.StatusNotFound || e.Status == http.StatusGone) && !e.JSON:
		return a.Gone + " If every request fails like this, check " + a.BaseURL + ": " + addressRule
	case e.Status == http.StatusNotFound || e.Status == http.StatusGone:
		return a.Gone
	case e.Status == http.StatusRequestEntityTooLarge:
		return "The request is larger than the service, or a proxy in front of it, accepts. Use a smaller file or a shorter text."
	case e.Status == http.StatusConflict:
		return "Another object, or a change that was made at the same time, is in the way. Look for it in the web app. " + a.Again + " when it is no longer there."
	}
	return "The service refused the request. Correct the values that its message names. If they are right, this deployment may have a version that the provider does not support. " + hub.ReportIt
}

// connection returns what the user can do about a connection that another machine or a certificate prevents, or "".
func (a Advisor) connection(err error) string {
	var host x509.HostnameError
	var invalid x509.CertificateInvalidError
	var certificate *tls.CertificateVerificationError
	proxy, isProxy := errors.AsType[*hub.ProxyError](err)
	switch {
	case isProxy && proxy.Status == http.StatusProxyAuthRequired:
		return "The proxy asks for a user name and a password. Write them into the environment variable HTTPS_PROXY, or add the host of the service to NO_PROXY if it can be reached without the proxy."
	case isProxy:
		return "The proxy comes from the environment variable HTTPS_PROXY. Allow the host of the service there, or add it to NO_PROXY if it can be reached without the proxy."
	case errors.As(err, &host):
		return "The certificate is that of another host. Check " + a.BaseURL + ". A proxy or a firewall that answers instead of the service can also cause this."
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "The certificate is not valid at the time of this machine. Check its clock. If the clock is right, the certificate of the service has expired."
	case errors.As(err, &certificate):
		return "This machine does not trust the authority that signed the certificate. Usually a proxy of a company inspects connections and signs with an authority of its own. " +
			"Set the environment variable SSL_CERT_FILE to a file with the certificates to trust, in PEM format, or add the authority to the trusted certificates of the system. macOS and Windows use only the latter."
	}
	return ""
}

const (
	addressRule = "it must be the address of an AI Chatbot Hub (or GPT-trainer) deployment without the path of a page, such as " + hub.DefaultBaseURL + "."
	proxyAdvice = " A proxy or a login page in front of it can also cause this."
)

// address says which base URL is right.
func (a Advisor) address() string { return "Check " + a.BaseURL + ": " + addressRule }

// key says which API key is right.
func (a Advisor) key() string {
	return "The API key was refused. Check " + a.Key + ": it must be a key of this deployment. Keys are created in the account settings of the web app."
}

// blocked says what to do when bot protection or a proxy answers instead of the service (hub.IsBlocked).
func (a Advisor) blocked() string {
	return "The service itself did not answer. Check " + a.BaseURL + ". Have the address of this machine allowed in the bot protection or firewall. " +
		"If this machine needs a proxy, set the environment variable HTTPS_PROXY. If it does not, add the host of the service to NO_PROXY."
}

// join joins the sentences that are not empty.
func join(sentences ...string) string {
	return strings.Join(slices.DeleteFunc(sentences, func(s string) bool { return s == "" }), " ")
}
