package privacy

import "sync"

// samplerLoss is what a charge for the sampler depends on.
type samplerLoss struct {
	muSquared int64
	many      bool // numbers, more than fewNumbers
}

// mostCharges bounds the charges that a process remembers.
const mostCharges = 1024

// knownCharges remembers charges for the sampler. One takes a millisecond of big floats, and a
// plan, its ledger and its draws ask for the same few again and again.
type knownCharges struct {
	lock  sync.Mutex
	known map[samplerLoss]int64
}

var samplerCharges = knownCharges{known: map[samplerLoss]int64{}}

func (c *knownCharges) of(loss samplerLoss) int64 {
	c.lock.Lock()
	charge, known := c.known[loss]
	c.lock.Unlock()
	if known {
		return charge
	}
	charge = samplerCharge(loss.muSquared, loss.many)
	c.lock.Lock()
	defer c.lock.Unlock()
	if len(c.known) >= mostCharges {
		clear(c.known)
	}
	c.known[loss] = charge
	return charge
}
