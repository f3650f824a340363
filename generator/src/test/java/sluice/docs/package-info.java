/**
 * Documents are tested: what they quote, show and compute. {@code sample} holds the circuits of the
 * documents.
 */
package sluice.docs;
