// Package rest sends HTTP requests to the service and decodes the answers: routes, retries, limits, redirects, uploads and errors.
//
// It contains no type of an object of the service, and of Terraform it uses the logger only. A Route states what sending its request
// twice does, and the retry rules follow from that.
package rest
