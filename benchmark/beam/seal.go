package beam

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"errors"

	"maturitybench/benchmark/internal/stage"

	"golang.org/x/crypto/chacha20poly1305"
)

// Tags say what a sealed message is; one does not open as another.
const (
	walkTag   = "walk"
	originTag = "origin"
	tallyTag  = "tally"
	resultTag = "result"
)

// keySize is the length of a job's key, and the least length of a key that a
// program registers.
const keySize = chacha20poly1305.KeySize

// errSeal says that a message was not sealed in this job, or not as what it is
// taken for, or was changed since.
var errSeal = errors.New("beam: a message of the job cannot be opened: it is damaged, or of another job or key")

// vault seals what a job sends through the runner, with XChaCha20-Poly1305
// under a random nonce of 24 bytes for every message. The keys are derived from
// a secret and the id of the job, so that no message opens in another job.
type vault struct {
	aead    cipher.AEAD
	company []byte // key of the pseudonyms of companies
}

func newVault(secret, job []byte) (*vault, error) {
	keys, err := hkdf.Key(sha256.New, secret, job, "maturitybench/beam/1", 2*keySize)
	if err != nil {
		return nil, err
	}
	aead, err := chacha20poly1305.NewX(keys[:keySize])
	if err != nil {
		return nil, err
	}
	return &vault{aead, keys[keySize:]}, nil
}

// seal encrypts and authenticates a message.
func (v *vault) seal(tag string, plain []byte) []byte {
	nonce := make([]byte, v.aead.NonceSize(), v.aead.NonceSize()+len(plain)+v.aead.Overhead())
	_, _ = rand.Read(nonce) // never fails: crypto/rand ends the process instead
	return v.aead.Seal(nonce, nonce, plain, []byte(tag))
}

// open is the message that seal was given.
func (v *vault) open(tag string, sealed []byte) ([]byte, error) {
	n := v.aead.NonceSize()
	if len(sealed) < n {
		return nil, errSeal
	}
	plain, err := v.aead.Open(nil, sealed[:n], sealed[n:], []byte(tag))
	if err != nil {
		return nil, errSeal
	}
	return plain, nil
}

// pseudonym stands for a company in this job and in no other. It finds second
// responses and tells nothing to anyone without the job's key.
func (v *vault) pseudonym(company stage.Identity) []byte {
	mac := hmac.New(sha256.New, v.company)
	mac.Write(company[:])
	return mac.Sum(nil)[:len(company)]
}
