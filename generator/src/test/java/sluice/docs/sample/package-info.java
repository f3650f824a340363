/** The circuits that the documents show. */
package sluice.docs.sample;
