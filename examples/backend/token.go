package main

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"net/http"
	"strings"
)

// linkBytes is the number of random bytes of a link: it cannot be guessed, and
// so its hash needs no salt.
const linkBytes = 32

// newLink returns the secret of a link, to be shown once.
func newLink() string {
	secret := make([]byte, linkBytes)
	rand.Read(secret) // never fails: crypto/rand ends the process instead
	return base64.RawURLEncoding.EncodeToString(secret)
}

// hash is what is stored of a link. Looking it up in an index leaks nothing by
// its run time: someone without a link cannot choose hashes.
func hash(link string) [sha256.Size]byte { return sha256.Sum256([]byte(link)) }

// linkOf is the hash of the link of a request.
func linkOf(r *http.Request) []byte {
	h := hash(r.PathValue("link"))
	return h[:]
}

// draftCipher encrypts the draft of a request's member. Its key follows from the link,
// which is not stored: who holds the database alone cannot read drafts.
func draftCipher(r *http.Request) (cipher.AEAD, error) {
	key := sha256.Sum256([]byte("draft of " + r.PathValue("link")))
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

// authorized compares the bearer token with the organiser's. Both are hashed,
// so that the comparison takes the same time whatever their lengths.
func (s *server) authorized(r *http.Request) bool {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	given := sha256.Sum256([]byte(token))
	return strings.EqualFold(scheme, "Bearer") && subtle.ConstantTimeCompare(given[:], s.organiser[:]) == 1
}
