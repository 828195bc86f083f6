// Package ledgertest is what every durable ledger must do, whatever database
// it is in: the packages that open one run it in their tests.
package ledgertest
