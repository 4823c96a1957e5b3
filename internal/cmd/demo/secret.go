package main

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
)

// checkSecret checks that the service has the token, and that the plan and the state do not contain it.
func (d *demo) checkSecret() error {
	agent, _ := d.hub.Agent(d.hub.DefaultAgent(d.chatbot()))
	if len(agent.Functions) != 1 || agent.Functions[0].Headers["Authorization"] != "Bearer "+d.secret {
		return fmt.Errorf("step %d: the service did not get the token", d.steps)
	}
	parts, err := unzip(filepath.Join(d.work, planFile))
	if err != nil {
		return err
	}
	if parts["terraform.tfstate"], err = os.ReadFile(filepath.Join(d.work, "terraform.tfstate")); err != nil {
		return err
	}
	var size int
	for name, raw := range parts {
		if size += len(raw); mentions(raw, d.secret) {
			return fmt.Errorf("step %d: the token is in %s", d.steps, name)
		}
	}
	d.say("The service has received the token. The plan and the state (%d kB) do not contain it.", size/1000)
	return nil
}

// unzip returns the files of an archive, such as a saved plan.
func unzip(path string) (map[string][]byte, error) {
	archive, err := zip.OpenReader(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = archive.Close() }()
	parts := map[string][]byte{}
	for _, file := range archive.File {
		f, err := file.Open()
		if err != nil {
			return nil, err
		}
		parts[file.Name], err = io.ReadAll(f)
		_ = f.Close()
		if err != nil {
			return nil, err
		}
	}
	return parts, nil
}

var encoded = regexp.MustCompile(`[A-Za-z0-9+/]{16,}={0,2}`)

// mentions reports whether raw contains a text, also in a Base64 value. States have private data of providers in Base64.
func mentions(raw []byte, text string) bool {
	if bytes.Contains(raw, []byte(text)) {
		return true
	}
	for _, run := range encoded.FindAll(raw, -1) {
		decoded, _ := base64.StdEncoding.DecodeString(string(run)) // returns the valid part
		if bytes.Contains(decoded, []byte(text)) {
			return true
		}
	}
	return false
}
