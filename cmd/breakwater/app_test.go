package main

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite"
)

const testPassword = "wave upon wave upon wall"

// keeper is a data folder with a first administrator.
func keeper(t *testing.T) string {
	t.Helper()
	data := t.TempDir()
	got := breakwater(t, testPassword+"\n", "--data", data, "user", "add-admin", "keeper", "--display", "Keeper", "--organisation", "dalian-data-centre")
	if got.code != exitDone {
		t.Fatalf("add-admin: %+v", got)
	}
	return data
}

func TestAccountsAreKeptFromTheCommandLine(t *testing.T) {
	data := keeper(t)
	for _, c := range []struct {
		sentence, input string
		args            []string
		code            int
		says            string
	}{
		{"there is one first administrator", testPassword, []string{"user", "add-admin", "second", "--display", "S", "--organisation", "dalian-cdc"}, exitCouldNot, "administrator already"},
		{"an account is made with grants", testPassword, []string{"user", "add", "lin", "--display", "L. Wei", "--organisation", "dalian-cdc", "--grant", "commander@210200"}, exitDone, "commander@210200"},
		{"a name is taken once", testPassword, []string{"user", "add", "lin", "--display", "L. Wei", "--organisation", "dalian-cdc", "--grant", "auditor@210200"}, exitCouldNot, "of that name"},
		{"a grant has a form", testPassword, []string{"user", "add", "wu", "--display", "W.", "--organisation", "dalian-cdc", "--grant", "commander"}, exitCouldNot, "role@area"},
		{"a password is long", "short", []string{"user", "add", "wu", "--display", "W.", "--organisation", "dalian-cdc", "--grant", "auditor@210200"}, exitCouldNot, "password"},
		{"a password is given", "", []string{"user", "add", "wu", "--display", "W.", "--organisation", "dalian-cdc", "--grant", "auditor@210200"}, exitCouldNot, "password"},
		{"grants change with a reason", "", []string{"user", "grant", "lin", "--grant", "auditor@210200", "--why", "moved on"}, exitDone, "auditor@210200"},
		{"a reason is needed", "", []string{"user", "grant", "lin", "--grant", "auditor@210200"}, exitCouldNot, "--why"},
		{"a password is set", "another long password", []string{"user", "password", "lin"}, exitDone, "lin"},
		{"an account is closed", "", []string{"user", "disable", "lin", "--why", "left"}, exitDone, "disabled"},
		{"an account that is not there", "", []string{"user", "disable", "nobody", "--why", "left"}, exitCouldNot, "no account"},
		{"what was done is linked and clean", "", []string{"fsck"}, exitDone, "0 flaws"},
	} {
		t.Run(c.sentence, func(t *testing.T) {
			got := breakwater(t, c.input+"\n", append([]string{"--data", data}, c.args...)...)
			if got.code != c.code || !strings.Contains(got.out+got.err, c.says) {
				t.Errorf("said %+v, want exit code %d and %q", got, c.code, c.says)
			}
			if strings.Contains(got.out+got.err, testPassword) {
				t.Error("the password was printed")
			}
		})
	}
	got := breakwater(t, "", "--data", data, "--json", "user", "list")
	var first userRow
	if err := json.NewDecoder(strings.NewReader(got.out)).Decode(&first); err != nil || first.ID == "" {
		t.Errorf("the list for machines: %+v, %v", got, err)
	}
}

func TestCountsAreTakenInAsked(t *testing.T) {
	data := keeper(t)
	write := func(text string) string {
		file := filepath.Join(t.TempDir(), "counts.csv")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	good := write("stream,area,day,count\nconfirmed.local,210200,2020-07-20,0\nconfirmed.local,210200,2020-07-21,2\n")
	bad := write("stream,area,day,count\nconfirmed.local,210200,2020-07-20,1\nconfirmed.local,999999,2020-07-21,x\n")
	totals := write("stream,area,day,count\nconfirmed.imported,210200,2020-07-19,5\nconfirmed.imported,210200,2020-07-20,7\nconfirmed.imported,210200,2020-07-21,6\n")
	source := []string{"--source", "dalian-health-commission"}
	for _, c := range []struct {
		sentence string
		args     []string
		code     int
		says     string
	}{
		{"a preview loads nothing", append([]string{"import", "counts", good, "--preview"}, source...), exitDone, "would load 2"},
		{"so the file is loaded then", append([]string{"import", "counts", good}, source...), exitDone, "loaded 2"},
		{"the same again changes nothing", append([]string{"import", "counts", good}, source...), exitDone, "unchanged 2"},
		{"bad rows are named and nothing is loaded", append([]string{"import", "counts", bad}, source...), exitFoundWrong, "line 3, column 4 (count)"},
		{"good rows are loaded when asked for", append([]string{"import", "counts", bad, "--good-only"}, source...), exitFoundWrong, "loaded 1 (of them corrections 1)"},
		{"totals become daily counts with their oddities", append([]string{"import", "counts", totals, "--cumulative"}, source...), exitDone, "kept as it is"},
		{"a source is one of the city's", []string{"import", "counts", good, "--source", "rumour"}, exitCouldNot, "source"},
		{"a file is there", append([]string{"import", "counts", "absent.csv"}, source...), exitCouldNot, "open"},
		{"a figure is asked", []string{"figure", "cases.confirmed.new", "--to", "2020-07-21"}, exitDone, "3 "},
		{"a figure is asked as of an earlier time", []string{"figure", "cases.confirmed.new", "--as-of", "2020-07-21T00:00:00Z"}, exitDone, "absent"},
		{"a figure is declared", []string{"figure", "cases.imaginary"}, exitCouldNot, "no figure"},
		{"figures are listed", []string{"figure"}, exitDone, "directives.overdue"},
		{"a pack is run dry", []string{"plan", "dry-run", "cn-risk-2020a"}, exitDone, ""},
		{"a pack is there", []string{"plan", "dry-run", "cn-risk-1919"}, exitCouldNot, "cn-risk-1919"},
		{"all that is clean", []string{"fsck"}, exitDone, "0 flaws"},
	} {
		t.Run(c.sentence, func(t *testing.T) {
			got := breakwater(t, "", append([]string{"--data", data}, c.args...)...)
			if got.code != c.code || !strings.Contains(got.out+got.err, c.says) {
				t.Errorf("said %+v, want exit code %d and %q", got, c.code, c.says)
			}
		})
	}
	t.Run("a row changed behind the program's back is named", func(t *testing.T) {
		db, err := sql.Open("sqlite", filepath.Join(data, databaseFile))
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if _, err := db.Exec("UPDATE observation SET counted = 9 WHERE day = '2020-07-21'"); err != nil {
			t.Fatal(err)
		}
		if got := breakwater(t, "", "--data", data, "fsck"); got.code != exitFoundWrong || !strings.Contains(got.out, "tampered") {
			t.Errorf("fsck said %+v, want exit code 1 and the record", got)
		}
	})
}

func TestServeAnswersUntilItIsStopped(t *testing.T) {
	data := keeper(t)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	lines, log := io.Pipe()
	w := world{in: strings.NewReader(""), out: io.Discard, err: log, random: rand.NewChaCha8([32]byte{}),
		now: func() time.Time { return time.Date(2020, 7, 22, 1, 0, 0, 0, time.UTC) }}
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, w, []string{"--data", data, "serve", "--listen", "127.0.0.1:0"})
		log.Close()
	}()
	scanner := bufio.NewScanner(lines)
	if !scanner.Scan() {
		t.Fatal("the server said nothing")
	}
	address := scanner.Text()[strings.LastIndex(scanner.Text(), " ")+1:]
	go io.Copy(io.Discard, lines)
	for path, want := range map[string]int{"/": 200, "/healthz": 200, "/v1/city": 401, "/openapi.json": 200} {
		answer, err := http.Get("http://" + address + path)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != want {
			t.Errorf("GET %s: %d, want %d", path, answer.StatusCode, want)
		}
	}
	http.DefaultClient.CloseIdleConnections()
	stop()
	if code := <-ended; code != exitDone {
		t.Errorf("the server ended with %d, want 0", code)
	}
}

func TestServeRefusesWhatItCannotDo(t *testing.T) {
	for says, args := range map[string][]string{
		"go together": {"--tls-cert", "cert.pem"},
		"listen on":   {"--listen", "256.0.0.1:80"},
	} {
		got := breakwater(t, "", append([]string{"--data", t.TempDir(), "serve"}, args...)...)
		if got.code != exitCouldNot || !strings.Contains(got.err, says) {
			t.Errorf("serve %v said %+v, want %q", args, got, says)
		}
	}
}
