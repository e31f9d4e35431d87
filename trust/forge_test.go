package trust_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/breakwater-eoc/breakwater/journal"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/trust"
	"github.com/breakwater-eoc/breakwater/trust/disk/disktest"
)

// TestNoFieldOfACertificateCanBeAltered alters each value of a certificate's
// file, one at a time, whatever fields it has.
func TestNoFieldOfACertificateCanBeAltered(t *testing.T) {
	by, witness := signer(t, "li"), signer(t, "wang")
	known := map[party.UserID]ed25519.PublicKey{"li": by.Public(), "wang": witness.Public()}
	c := trust.Certificate{Inventory: trust.Inventory{Day: day, Visits: 10, Files: 1, Bytes: 900, Chain: journal.Digest("content"), Damaged: true},
		Number: 2, Previous: journal.Digest("the one before"), At: time.Date(2020, 8, 13, 0, 0, 0, 0, time.UTC)}
	if err := c.Sign(by, witness); err != nil {
		t.Fatal(err)
	}
	whole, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	read := func(b []byte) error {
		var c trust.Certificate
		if err := json.Unmarshal(b, &c); err != nil {
			return err
		}
		return c.Verify(known)
	}
	if err := read(whole); err != nil {
		t.Fatalf("the true certificate: %v", err)
	}
	var fields map[string]any
	if err := json.Unmarshal(whole, &fields); err != nil {
		t.Fatal(err)
	}
	altered := 0
	try := func(name string, in map[string]any, key string, value any) {
		altered++
		was := in[key]
		if value == nil {
			delete(in, key)
		} else {
			in[key] = value
		}
		forged, err := json.Marshal(fields)
		if err != nil {
			t.Fatal(err)
		}
		if read(forged) == nil {
			t.Errorf("with %s altered to %v the certificate verifies", name, value)
		}
		in[key] = was
	}
	for name, value := range fields {
		try(name, fields, name, nil)
		switch value := value.(type) {
		case string:
			try(name, fields, name, alter(value))
		case float64:
			try(name, fields, name, value+1)
		case bool:
			try(name, fields, name, !value)
		case map[string]any: // the signatures
			for who, signature := range value {
				try(name+" of "+who, value, who, nil)
				try(name+" of "+who, value, who, alter(fmt.Sprint(signature)))
			}
		}
	}
	if altered < 20 {
		t.Errorf("only %d values were altered: the test does not see the fields", altered)
	}
}

// alter changes a digit or letter in the middle of a text.
func alter(text string) string {
	b := []byte(text)
	i := len(b) / 2
	if b[i] == '1' || b[i] == 'A' {
		b[i]++
	} else if b[i] >= '0' && b[i] <= '9' {
		b[i] = '1'
	} else {
		b[i] = 'A'
	}
	return string(b)
}

// The readers of files that lie outside every store: whatever the bytes, they
// answer or refuse, and what they give holds to its rules.

func FuzzLedger(f *testing.F) {
	f.Add([]byte(`{"day":"2020-07-22","visits":10,"number":1,"previous":"00","at":"2020-08-13T00:00:00Z","by":"li","witness":"wang","signatures":{"li":"AA=="}}`))
	f.Add([]byte("{"))
	f.Fuzz(func(t *testing.T, b []byte) {
		d := disktest.New(1)
		d.Put("certificates/000001.json", b)
		l, err := trust.OpenLedger(d, "certificates")
		if err != nil {
			return
		}
		issued, err := l.Certificates()
		if err != nil {
			t.Fatal(err)
		}
		if err := trust.VerifyChain(issued, nil); err == nil {
			t.Error("a certificate that nobody signed verifies")
		}
	})
}

func FuzzDeclarations(f *testing.F) {
	proposed, err := trust.Propose("d1", terms(), byHealth)
	if err != nil {
		f.Fatal(err)
	}
	inForce, err := proposed.Approve(byCongress)
	if err != nil {
		f.Fatal(err)
	}
	b, err := json.Marshal(inForce)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte(`{"modules":["check_ins"],"from":"0001-01-01T00:00:00Z","until":"9999-01-01T00:00:00Z"}`))
	everywhere := func(inner, outer place.Code) bool { return true }
	f.Fuzz(func(t *testing.T, b []byte) {
		d := disktest.New(1)
		d.Put("declarations/000001.json", b)
		r, err := trust.OpenDeclarations(d, "declarations")
		if err != nil {
			return
		}
		at := inForce.From.Add(time.Hour)
		if in, ok := trust.Covering(r.All(), trust.CheckIns, "210200", at, everywhere); ok && in.Check() != nil {
			t.Error("a declaration that cannot take effect is in force")
		}
	})
}

func FuzzKeyFile(f *testing.F) {
	f.Add([]byte("00112233"))
	f.Add(make([]byte, 200))
	f.Fuzz(func(t *testing.T, b []byte) {
		d := disktest.New(1)
		d.Put("keys/2020-07-22.key", b)
		keys, err := trust.OpenDayKeys(d, "keys", rand.Reader)
		if err != nil {
			return
		}
		key, err := keys.Get(day)
		if err != nil {
			t.Errorf("a key that was read cannot be had: %v", err)
		}
		if q := key.Pseudonym(trust.Person{1}); key.Person(q) != (trust.Person{1}) {
			t.Error("a key that was read does not resolve its own pseudonyms")
		}
	})
}
