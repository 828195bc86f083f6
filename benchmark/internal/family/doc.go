// Package family lists the families of statistics that a forecast tells of: the numbers of one
// cohort that are alike, such as the means of the domains, with what a level of them is printed
// in. Those of several scales are apart, as no number is averaged over two.
package family
