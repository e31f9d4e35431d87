package staff

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"io"
	"strings"

	"golang.org/x/crypto/argon2"
)

// Cost is what computing one digest of a password takes.
type Cost struct {
	Time    uint32 // passes over the memory
	Memory  uint32 // KiB
	Threads uint8
}

// UsualCost is argon2id with 19 MiB and two passes, the least that OWASP's
// password storage guidance asks for (2024). A digest carries its own cost, so
// that a higher one takes effect for each account at its next sign-in.
func UsualCost() Cost { return Cost{Time: 2, Memory: 19 << 10, Threads: 1} }

const (
	saltSize   = 16
	digestSize = 32
	// mostAtOnce bounds how many digests are computed at a time, and with them
	// the memory that a flood of sign-ins can take.
	mostAtOnce = 4
)

// hasher digests passwords and compares them.
type hasher struct {
	cost   Cost
	random io.Reader
	turns  chan struct{}
	// dummy is compared where there is no account, so that the time an answer
	// takes does not tell which names exist.
	dummy string
}

func newHasher(cost Cost, random io.Reader) *hasher {
	h := &hasher{cost: cost, random: random, turns: make(chan struct{}, mostAtOnce)}
	h.dummy = cost.encode(make([]byte, saltSize), make([]byte, digestSize))
	return h
}

// digest returns the encoded digest of a password under a fresh salt.
func (h *hasher) digest(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltSize)
	if _, err := io.ReadFull(h.random, salt); err != nil {
		return "", fmt.Errorf("draw a salt: %w", err)
	}
	sum, err := h.compute(ctx, h.cost, password, salt)
	if err != nil {
		return "", err
	}
	return h.cost.encode(salt, sum), nil
}

// matches reports whether a password is the one that was digested; old is true
// when the digest should be renewed at the present cost.
func (h *hasher) matches(ctx context.Context, encoded, password string) (ok, old bool, err error) {
	cost, salt, sum, err := decode(encoded)
	if err != nil {
		return false, false, err
	}
	got, err := h.compute(ctx, cost, password, salt)
	if err != nil {
		return false, false, err
	}
	return subtle.ConstantTimeCompare(got, sum) == 1, cost != h.cost, nil
}

// pretend takes as long as a comparison that fails.
func (h *hasher) pretend(ctx context.Context, password string) error {
	_, _, err := h.matches(ctx, h.dummy, password)
	return err
}

func (h *hasher) compute(ctx context.Context, c Cost, password string, salt []byte) ([]byte, error) {
	select {
	case h.turns <- struct{}{}:
		defer func() { <-h.turns }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return argon2.IDKey([]byte(password), salt, c.Time, c.Memory, c.Threads, digestSize), nil
}

// encode writes a digest in the form that the reference implementation of
// argon2 uses.
func (c Cost) encode(salt, sum []byte) string {
	b := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.Memory, c.Time, c.Threads,
		b.EncodeToString(salt), b.EncodeToString(sum))
}

// decode reads what encode wrote. Its bounds keep a damaged record from asking
// for all the memory there is.
func decode(encoded string) (c Cost, salt, sum []byte, err error) {
	parts := strings.Split(encoded, "$")
	malformed := fmt.Errorf("the stored digest of a password is malformed")
	if len(parts) != 6 || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return c, nil, nil, malformed
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.Memory, &c.Time, &c.Threads); err != nil {
		return c, nil, nil, malformed
	}
	const mostMemory, mostTime = 1 << 20, 100
	if c.Time < 1 || c.Time > mostTime || c.Threads < 1 || c.Memory < 8 || c.Memory > mostMemory {
		return c, nil, nil, malformed
	}
	if salt, err = base64.RawStdEncoding.DecodeString(parts[4]); err != nil || len(salt) == 0 {
		return c, nil, nil, malformed
	}
	if sum, err = base64.RawStdEncoding.DecodeString(parts[5]); err != nil || len(sum) != digestSize {
		return c, nil, nil, malformed
	}
	return c, salt, sum, nil
}
