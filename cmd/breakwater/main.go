// Command breakwater is the whole program: the server, the command line of the
// people who run it, and the tools that prove it.
//
// Each sub-command is one file of this package: a struct whose fields are its
// flags and whose Run carries it out. It exits with 0 when it did what was
// asked, 1 when it found something wrong (a broken record, a file with bad
// rows), 2 when it could not run.
//
// This is the only package that reads the clock, the environment and the
// system's randomness (see [world]); everything below it is handed them.
package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/alecthomas/kong"
	"golang.org/x/term"

	"github.com/breakwater-eoc/breakwater/fault"
)

// The exit codes.
const (
	exitDone       = 0
	exitFoundWrong = 1
	exitCouldNot   = 2
)

// errFoundWrong ends a sub-command that ran and has already printed what it
// found wrong.
var errFoundWrong = errors.New("something is wrong")

// world is everything outside the program that a sub-command may look at.
type world struct {
	in       io.Reader
	out, err io.Writer
	now      func() time.Time
	random   io.Reader // fit for secrets
	// terminal is true when somebody watches err, so that a progress bar helps.
	terminal bool
	// password asks for a password: hidden on a terminal, the next line of the
	// input otherwise.
	password func(prompt string) (string, error)
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	w := world{
		in: os.Stdin, out: os.Stdout, err: os.Stderr,
		now: time.Now, random: rand.Reader,
		terminal: term.IsTerminal(int(os.Stderr.Fd())),
		password: passwords(os.Stdin, os.Stderr),
	}
	os.Exit(run(ctx, w, os.Args[1:]))
}

// run parses the arguments, carries out the sub-command and gives the exit code.
func run(ctx context.Context, w world, args []string) int {
	var line commandLine
	code, exited := 0, false
	parser, err := newParser(&line, w, func(c int) { code, exited = c, true })
	if err != nil {
		fmt.Fprintln(w.err, "breakwater:", err)
		return exitCouldNot
	}
	chosen, err := parser.Parse(args)
	if exited { // help was printed
		return code
	}
	if err != nil {
		fmt.Fprintln(w.err, "breakwater:", err)
		return exitCouldNot
	}
	chosen.BindTo(ctx, (*context.Context)(nil))
	return exitCode(w, chosen.Run(&call{world: w, settings: line.Settings, asJSON: line.JSON}))
}

func newParser(line *commandLine, w world, exit func(int)) (*kong.Kong, error) {
	return kong.New(line,
		kong.Name("breakwater"),
		kong.Description("The operations system of a port city's public-health emergency command."),
		kong.Writers(w.out, w.err),
		kong.Exit(exit),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.DefaultEnvars("BREAKWATER"))
}

// exitCode tells the person at the keyboard what went wrong. Here, and only
// here, an internal error shows its own text: who runs the program can act on it.
func exitCode(w world, err error) int {
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errFoundWrong):
		return exitFoundWrong
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(w.err, "breakwater: interrupted")
		return exitCouldNot
	}
	fmt.Fprintln(w.err, "breakwater:", err)
	for _, p := range fault.PlacesOf(err) {
		fmt.Fprintln(w.err, "  ", p)
	}
	return exitCouldNot
}
