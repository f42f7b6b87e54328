/**
 * Pictures with the shapes that a labelling tool drew on them, whatever its file form: what a
 * listing says of them, and how they become samples.
 */
package org.medvilam.converters.labelled;
