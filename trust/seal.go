package trust

import (
	"crypto/aes"
	"crypto/cipher"
	"fmt"
	"io"

	"github.com/breakwater-eoc/breakwater/fault"
)

// An envelope is: version (1 byte, 1), length of the key id (1 byte), key id,
// nonce (12 bytes), AES-256-GCM ciphertext with its 16-byte tag. Everything
// before the nonce is authenticated with the additional data.
const (
	envelopeVersion = 1
	nonceSize       = 12
	tagSize         = 16
	// MaxText is the longest text that Seal takes, in bytes.
	MaxText = 1 << 20
)

// Seal encrypts a short text under a key, bound to the record that it belongs
// to: Open refuses it under any other record id. The nonce is drawn from
// random, so one key may seal about four thousand million texts.
func Seal(key Key, recordID string, text []byte, random io.Reader) ([]byte, error) {
	if len(text) > MaxText {
		return nil, fault.New(fault.Invalid, "the text has %d bytes, more than the %d that can be sealed", len(text), MaxText)
	}
	head := append([]byte{envelopeVersion, byte(len(key.ID))}, key.ID...)
	envelope := make([]byte, len(head)+nonceSize, len(head)+nonceSize+len(text)+tagSize)
	copy(envelope, head)
	nonce := envelope[len(head):]
	if _, err := io.ReadFull(random, nonce); err != nil {
		return nil, fmt.Errorf("draw nonce: %w", err)
	}
	return newGCM(key.secret).Seal(envelope, nonce, text, bound(head, recordID)), nil
}

// Open decrypts an envelope that Seal made for the record. Invalid says that
// the bytes are no envelope, were altered, or belong to another record;
// Conflict that their key was destroyed.
func Open(ring KeyRing, recordID string, envelope []byte) ([]byte, error) {
	head, nonce, body, err := parse(envelope)
	if err != nil {
		return nil, err
	}
	key, err := ring.Key(KeyID(head[2:]))
	if err != nil {
		return nil, err
	}
	text, err := newGCM(key.secret).Open(nil, nonce, body, bound(head, recordID))
	if err != nil {
		return nil, fault.New(fault.Invalid, "the sealed text was altered or belongs to another record")
	}
	return text, nil
}

// SealedBy tells which key an envelope needs.
func SealedBy(envelope []byte) (KeyID, error) {
	head, _, _, err := parse(envelope)
	if err != nil {
		return "", err
	}
	return KeyID(head[2:]), nil
}

func parse(envelope []byte) (head, nonce, body []byte, err error) {
	malformed := fault.New(fault.Invalid, "these bytes are not a sealed text")
	if len(envelope) < 2 || envelope[0] != envelopeVersion {
		return nil, nil, nil, malformed
	}
	n := 2 + int(envelope[1])
	if len(envelope) < n+nonceSize+tagSize {
		return nil, nil, nil, malformed
	}
	head = envelope[:n:n]
	if _, _, err := KeyID(head[2:]).split(); err != nil {
		return nil, nil, nil, malformed
	}
	return head, envelope[n : n+nonceSize], envelope[n+nonceSize:], nil
}

// bound joins the envelope's head and the record id; the head's length byte
// keeps the two apart.
func bound(head []byte, recordID string) []byte {
	return append(head[:len(head):len(head)], recordID...)
}

func newGCM(s secret) cipher.AEAD {
	block, err := aes.NewCipher(s[:])
	if err != nil {
		panic(err) // the size is fixed by the type
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		panic(err) // the block size of AES is fixed
	}
	return gcm
}
