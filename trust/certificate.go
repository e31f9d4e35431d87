package trust

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/journal"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/trust/disk"
)

// Inventory says what a store held of a day, without anything of its content.
type Inventory struct {
	Day    civil.Day `json:"day"`
	Visits int       `json:"visits"` // visits as they last stood, amendments applied
	Files  int       `json:"files"`  // files, or tables of a database
	Bytes  int64     `json:"bytes"`
	// Chain is a hash chain over everything that the day held, in a fixed order
	// that the store's format document states.
	Chain journal.Hash `json:"chain"`
	// Damaged says that some of it could not be read any more, so that the counts
	// are those of what was once written, or of the files alone.
	Damaged bool `json:"damaged,omitempty"`
}

// Certificate says that a day was destroyed: what there was, when, by whom and
// before which witness. It proves nothing until both have signed it.
type Certificate struct {
	Inventory
	// Number counts an installation's certificates from 1, and Previous is the
	// digest of the one before, so that none can be left out unseen.
	Number   int          `json:"number"`
	Previous journal.Hash `json:"previous"`
	At       time.Time    `json:"at"` // UTC, whole microseconds
	By       party.UserID `json:"by"`
	Witness  party.UserID `json:"witness"`
	// Signatures holds the Ed25519 signatures of By and Witness over Digest.
	Signatures map[party.UserID][]byte `json:"signatures"`
}

// Digest is the hash of everything but the signatures.
func (c Certificate) Digest() journal.Hash {
	c.Signatures = nil
	c.At = c.At.UTC().Truncate(time.Microsecond)
	return journal.Digest(c)
}

// Sign adds the signatures of both. By and Witness must be different people.
func (c *Certificate) Sign(by, witness Signer) error {
	if by.Name == witness.Name {
		return fault.New(fault.Invalid, "the witness of a destruction must be another person than the one who orders it")
	}
	c.By, c.Witness = by.Name, witness.Name
	digest := c.Digest()
	c.Signatures = map[party.UserID][]byte{
		by.Name:      ed25519.Sign(by.key, digest[:]),
		witness.Name: ed25519.Sign(witness.key, digest[:]),
	}
	return nil
}

// Verify checks both signatures against the public keys of office holders. It
// is Invalid when one is missing, unknown or does not fit.
func (c Certificate) Verify(known map[party.UserID]ed25519.PublicKey) error {
	if c.By == c.Witness {
		return fault.New(fault.Invalid, "certificate %d has no independent witness", c.Number)
	}
	digest := c.Digest()
	for _, name := range []party.UserID{c.By, c.Witness} {
		key, ok := known[name]
		if !ok || len(key) != ed25519.PublicKeySize {
			return fault.New(fault.Invalid, "certificate %d is signed by somebody whose key is not known", c.Number)
		}
		if !ed25519.Verify(key, digest[:], c.Signatures[name]) {
			return fault.New(fault.Invalid, "certificate %d is forged or altered: a signature does not fit", c.Number)
		}
	}
	return nil
}

// VerifyChain checks every certificate and that none is missing between the
// first and the last.
func VerifyChain(certificates []Certificate, known map[party.UserID]ed25519.PublicKey) error {
	var previous journal.Hash
	for i, c := range certificates {
		if err := c.Verify(known); err != nil {
			return err
		}
		if c.Number != i+1 || c.Previous != previous {
			return fault.New(fault.Invalid, "certificate %d does not follow the one before it", c.Number)
		}
		previous = c.Digest()
	}
	return nil
}

// Signer is an office holder who can sign. It prints as its name.
type Signer struct {
	Name party.UserID
	key  ed25519.PrivateKey
}

// Format prints the name for every verb, so that no formatting can show the
// key.
func (s Signer) Format(f fmt.State, _ rune) { io.WriteString(f, string(s.Name)) }

// Public gives the key that verifies the signer's signatures.
func (s Signer) Public() ed25519.PublicKey { return s.key.Public().(ed25519.PublicKey) }

// OpenSigner reads an office holder's signing key from a folder, and makes it
// on first use.
func OpenSigner(d disk.FS, dir string, name party.UserID, random io.Reader) (Signer, error) {
	files, err := openKeyFiles(d, dir, random)
	if err != nil {
		return Signer{}, fmt.Errorf("open signing keys: %w", err)
	}
	seed, err := files.ensure(signerFile(name))
	if err != nil {
		return Signer{}, fmt.Errorf("open signing key: %w", err)
	}
	return Signer{Name: name, key: ed25519.NewKeyFromSeed(seed[:])}, nil
}

// PublicKeys gives the keys that verify the signatures of those office holders
// who have a signing key in the folder; the others are left out.
func PublicKeys(d disk.FS, dir string, names ...party.UserID) (map[party.UserID]ed25519.PublicKey, error) {
	files, err := openKeyFiles(d, dir, nil)
	if err != nil {
		return nil, fmt.Errorf("open signing keys: %w", err)
	}
	known := map[party.UserID]ed25519.PublicKey{}
	for _, name := range names {
		if seed, err := files.get(signerFile(name)); err == nil {
			known[name] = Signer{key: ed25519.NewKeyFromSeed(seed[:])}.Public()
		}
	}
	return known, nil
}

// signerFile names a signing key by a hash, whatever characters the name has.
func signerFile(name party.UserID) string {
	sum := sha256.Sum256([]byte(name))
	return hex.EncodeToString(sum[:8])
}
