// Package scratchpg runs a throw-away PostgreSQL server from the machine's own
// binaries, for tests and for benchmarks that need PostgreSQL as a peer.
//
// In: an empty folder and settings. Out: a server that listens on a Unix socket
// inside the folder only, sorts by byte (locale C), and is gone together with
// its folder when it is stopped or when the process that started it ends,
// however it ends.
package scratchpg

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// ErrNoBinaries says that the machine has no PostgreSQL server to run.
var ErrNoBinaries = errors.New("no PostgreSQL server binaries (initdb, postgres) on this machine: install the package postgresql")

// patience bounds how long a server may take to accept or to stop.
const patience = 60 * time.Second

// Fast are the settings for tests: nothing survives a crash of the machine,
// and nothing waits for the disk.
func Fast() []string {
	return []string{"fsync=off", "synchronous_commit=off", "full_page_writes=off"}
}

// Server is a running throw-away server.
type Server struct {
	dir      string
	process  *exec.Cmd
	lifeline io.Closer
	stop     sync.Once

	mu    sync.Mutex
	count int
}

// supervise runs the server until the lifeline on its standard input closes,
// which it does when the starting process ends for whatever reason. It then
// stops the server at once and removes the folder.
const supervise = `"$1" -D "$2/data" -k "$2" >"$2/log" 2>&1 & pid=$!; cat >/dev/null; kill -QUIT $pid; wait $pid; rm -rf "$2"`

// Launch makes a cluster in a new folder under parent ("" for the system's
// temporary folder) and starts it with the settings ("name=value"). The error
// is [ErrNoBinaries] when there is no server to start.
func Launch(ctx context.Context, parent string, settings ...string) (*Server, error) {
	bin, err := binaries()
	if err != nil {
		return nil, err
	}
	account, err := unprivileged()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(parent, "pg")
	if err != nil {
		return nil, fmt.Errorf("make folder for PostgreSQL: %w", err)
	}
	s := &Server{dir: dir}
	if err := s.launch(ctx, bin, account, settings); err != nil {
		return nil, errors.Join(err, s.Stop())
	}
	return s, nil
}

func (s *Server) launch(ctx context.Context, bin string, account *syscall.Credential, settings []string) error {
	if account != nil {
		if err := os.Chown(s.dir, int(account.Uid), int(account.Gid)); err != nil {
			return fmt.Errorf("hand the folder to the server's user: %w", err)
		}
	}
	initdb := exec.CommandContext(ctx, filepath.Join(bin, "initdb"), "-D", filepath.Join(s.dir, "data"),
		"-U", owner, "-A", "trust", "--locale=C", "--encoding=UTF8", "--no-sync")
	s.confine(initdb, account)
	if out, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	if err := s.configure(settings); err != nil {
		return err
	}
	s.process = exec.Command("/bin/sh", "-c", supervise, "sh", filepath.Join(bin, "postgres"), s.dir)
	s.confine(s.process, account)
	lifeline, err := s.process.StdinPipe()
	if err != nil {
		return fmt.Errorf("make lifeline: %w", err)
	}
	if err := s.process.Start(); err != nil {
		return fmt.Errorf("start PostgreSQL: %w", err)
	}
	s.lifeline = lifeline
	return s.await(ctx)
}

// confine runs a command as the unprivileged account, in a folder that it may
// enter, and away from the terminal's interrupts, so that it can clean up.
func (s *Server) confine(c *exec.Cmd, account *syscall.Credential) {
	c.Dir = s.dir
	c.Env = append(os.Environ(), "LC_ALL=C", "TZ=UTC")
	c.SysProcAttr = &syscall.SysProcAttr{Credential: account, Setpgid: true}
}

func (s *Server) configure(settings []string) error {
	text := "listen_addresses = ''\nmax_connections = 200\nunix_socket_permissions = 0777\n"
	for _, setting := range settings {
		name, value, ok := strings.Cut(setting, "=")
		if !ok {
			return fmt.Errorf("setting %q is not of the form name=value", setting)
		}
		text += fmt.Sprintf("%s = '%s'\n", name, strings.ReplaceAll(value, "'", "''"))
	}
	f, err := os.OpenFile(filepath.Join(s.dir, "data", "postgresql.conf"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return fmt.Errorf("configure PostgreSQL: %w", err)
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Close())
}

// await returns when the server answers.
func (s *Server) await(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		conn, err := pgx.Connect(ctx, s.DSN("postgres"))
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-ctx.Done():
			log, _ := os.ReadFile(filepath.Join(s.dir, "log"))
			return fmt.Errorf("PostgreSQL does not answer: %w: %s", err, log)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// owner is the server's only account.
const owner = "breakwater"

// DSN gives the connection string of a database.
func (s *Server) DSN(database string) string {
	return fmt.Sprintf("host=%s user=%s dbname=%s sslmode=disable", s.dir, owner, database)
}

// CreateDatabase makes an empty database of a name that no other has, and
// returns its name.
func (s *Server) CreateDatabase(ctx context.Context) (string, error) {
	s.mu.Lock()
	s.count++
	name := "scratch" + strconv.Itoa(s.count)
	s.mu.Unlock()
	if err := s.exec(ctx, "CREATE DATABASE "+name+" TEMPLATE template0"); err != nil {
		return "", fmt.Errorf("create database %s: %w", name, err)
	}
	return name, nil
}

// DropDatabase removes a database and cuts off those who use it.
func (s *Server) DropDatabase(ctx context.Context, name string) error {
	if err := s.exec(ctx, "DROP DATABASE "+pgx.Identifier{name}.Sanitize()+" WITH (FORCE)"); err != nil {
		return fmt.Errorf("drop database %s: %w", name, err)
	}
	return nil
}

func (s *Server) exec(ctx context.Context, sql string) error {
	conn, err := pgx.Connect(ctx, s.DSN("postgres"))
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, sql)
	return errors.Join(err, conn.Close(ctx))
}

// Stop stops the server at once and removes its folder. It may be called more
// than once.
func (s *Server) Stop() (err error) {
	s.stop.Do(func() {
		if s.lifeline != nil {
			err = s.lifeline.Close()
			s.process.Wait() // its exit code is that of the removal, which is repeated below
		}
		err = errors.Join(err, os.RemoveAll(s.dir))
	})
	return err
}

// binaries finds the folder with initdb and postgres: beside the initdb of the
// search path, or where the packages of Linux and macOS put it, newest first.
func binaries() (string, error) {
	var dirs []string
	if p, err := exec.LookPath("initdb"); err == nil {
		if real, err := filepath.EvalSymlinks(p); err == nil {
			dirs = append(dirs, filepath.Dir(real))
		}
	}
	var installed []string
	for _, pattern := range []string{"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin", "/usr/local/pgsql/bin"} {
		found, _ := filepath.Glob(pattern)
		installed = append(installed, found...)
	}
	slices.SortFunc(installed, func(a, b string) int { return version(b) - version(a) })
	for _, dir := range append(dirs, installed...) {
		if executable(filepath.Join(dir, "initdb")) && executable(filepath.Join(dir, "postgres")) {
			return dir, nil
		}
	}
	return "", ErrNoBinaries
}

// version reads the number in a folder such as /usr/lib/postgresql/15/bin.
func version(dir string) int {
	digits := strings.TrimLeft(filepath.Base(filepath.Dir(dir)), "abcdefghijklmnopqrstuvwxyz-@")
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}

func executable(file string) bool {
	info, err := os.Stat(file)
	return err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0
}

// unprivileged gives the account to run as: nil for the present one, and
// another when that is root, whom the server refuses.
func unprivileged() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, uidErr := strconv.ParseUint(u.Uid, 10, 32)
		gid, gidErr := strconv.ParseUint(u.Gid, 10, 32)
		if uidErr == nil && gidErr == nil {
			return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
		}
	}
	return nil, errors.New("PostgreSQL refuses to run as root, and there is no user postgres or nobody to run it as")
}
