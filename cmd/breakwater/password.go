package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"github.com/breakwater-eoc/breakwater/fault"
)

// passwords reads passwords: without echo from a terminal, line by line from
// anything else. There is no flag for a password, because a command line can be
// read by every process of the machine.
func passwords(in *os.File, prompt io.Writer) func(string) (string, error) {
	lines := bufio.NewReader(in)
	return func(what string) (string, error) {
		if !term.IsTerminal(int(in.Fd())) {
			return readLine(lines)
		}
		fmt.Fprintf(prompt, "%s: ", what)
		secret, err := term.ReadPassword(int(in.Fd()))
		fmt.Fprintln(prompt)
		if err != nil {
			return "", fmt.Errorf("read the password from the terminal: %w", err)
		}
		return string(secret), nil
	}
}

func readLine(r *bufio.Reader) (string, error) {
	line, err := r.ReadString('\n')
	if line == "" && err == io.EOF {
		return "", fault.New(fault.Invalid, "a password is expected as a line of the standard input")
	}
	if err != nil && err != io.EOF {
		return "", fmt.Errorf("read the password: %w", err)
	}
	return strings.TrimRight(line, "\r\n"), nil
}
