// Package eigen decomposes symmetric matrices.
//
//  1. [Decompose] returns the eigenvalues and the eigenvectors.
//  2. [Power] raises a matrix to a power, eigenvalue by eigenvalue.
//  3. [Roots] are the two square roots that whiten and unwhiten.
package eigen
